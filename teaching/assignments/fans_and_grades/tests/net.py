from otter.test_files import test_case

OK_FORMAT = False

name = "net"
points = 4

@test_case(points=0, hidden=False, 
    success_message="The form is right. What is marked is whether it is right for your data.")
def test_form(net_points, one_step_points):
    from touchpoints.course.answers import form
    net = form.number('net_points', net_points, -100, 100, 'in percentage points')
    assert abs(net - form.number('one_step_points', one_step_points, -100, 100, 'in percentage points')) < 0.15, 'The two ways must give the same. Do your shares add up to 1?'

@test_case(points=2, hidden=True, 
    success_message="The weighted sum: right.", 
    failure_message="Shares among those with contact add up to 1.")
def test_1(net_points, expected):
    from touchpoints.course.answers import checks
    checks.check_number('net_points', net_points, expected['net_points'], {'plain_mean': 'That is the plain mean of the lifts. A grade that few gave counts less.', 'of_all_rows': "Your shares are of all rows, those without contact among them. They don't add up to 1.", 'best_only': "That is grade 1's part alone."})

@test_case(points=2, hidden=True, 
    success_message="In one step: right.", 
    failure_message="Those with any grade, minus those without.")
def test_2(one_step_points, expected):
    from touchpoints.course.answers import checks
    checks.check_number('one_step_points', one_step_points, expected['one_step_points'], {'everybody': 'You compare with all customers. Compare with those without contact.'})
