from otter.test_files import test_case

OK_FORMAT = False

name = "held_constant"
points = 7

@test_case(points=0, hidden=False, 
    success_message="The form is right. What is marked is whether it is right for your data.")
def test_form(raw_points, standardised_points, earlier_points):
    from touchpoints.course.answers import form
    for name, answer in (('raw_points', raw_points), ('standardised_points', standardised_points), ('earlier_points', earlier_points)):
        form.number(name, answer, -100, 100, 'in percentage points')

@test_case(points=1, hidden=True, 
    success_message="Raw: right.", 
    failure_message="All rows graded 1 against all rows without contact, without the control.")
def test_1(raw_points, expected):
    from touchpoints.course.answers import checks
    checks.check_number('raw_points', raw_points, expected['raw_points'], {'with_control': 'The control is among these rows. Leave it out.'})

@test_case(points=3, hidden=True, 
    success_message="Age and orders held constant: right.", 
    failure_message="Differences within classes, weighted with the rows graded 1.")
def test_2(standardised_points, expected):
    from touchpoints.course.answers import checks
    checks.check_number('standardised_points', standardised_points, expected['standardised_points'], {'raw': 'That is the raw lift. Compare within classes.', 'earlier': 'That holds earlier bonding constant.', 'with_control': 'The control is among these rows. Leave it out.'})

@test_case(points=3, hidden=True, 
    success_message="Earlier bonding held constant: right.", 
    failure_message="Differences within classes, weighted with the rows graded 1.")
def test_3(earlier_points, expected):
    from touchpoints.course.answers import checks
    checks.check_number('earlier_points', earlier_points, expected['earlier_points'], {'raw': 'That is the raw lift. Compare within classes.', 'with_control': 'The control is among these rows. Leave it out.', 'plain_mean': 'Each class counts the same here. Weigh it with its rows graded 1.'})
