from otter.test_files import test_case

OK_FORMAT = False

name = "intervals"
points = 5

@test_case(points=0, hidden=False, 
    success_message="The form is right. What is marked is whether it is right for your data.")
def test_form(naive_low_1, naive_high_1, naive_low_2, naive_high_2, low_1, high_1, low_2, high_2):
    from touchpoints.course.answers import form
    bounds = {'naive_low_1': naive_low_1, 'naive_high_1': naive_high_1, 'naive_low_2': naive_low_2, 'naive_high_2': naive_high_2, 'low_1': low_1, 'high_1': high_1, 'low_2': low_2, 'high_2': high_2}
    for name, answer in bounds.items():
        form.number(name, answer, -100, 100, 'in percentage points')
    assert naive_low_1 < naive_high_1 and naive_low_2 < naive_high_2 and (low_1 < high_1) and (low_2 < high_2), 'A lower bound should lie below the upper one.'
    assert high_1 - low_1 > naive_high_1 - naive_low_1, 'Which interval is wider, the one that counts rows or the one that counts people?'

@test_case(points=2, hidden=True, 
    success_message="As if rows were people: right.", 
    failure_message="Fans and rows with the grade, then fans and rows without contact; times 100.")
def test_1(naive_low_1, naive_high_1, naive_low_2, naive_high_2, expected):
    from touchpoints.course.answers import checks
    for name, answer in (('naive_low_1', naive_low_1), ('naive_high_1', naive_high_1), ('naive_low_2', naive_low_2), ('naive_high_2', naive_high_2)):
        checks.check_number(name, answer, expected[name], {'people': 'That interval goes by customer already.'})

@test_case(points=3, hidden=True, 
    success_message="By customer: right. These are the intervals to report.", 
    failure_message="Take the columns low_points and high_points.")
def test_2(low_1, high_1, low_2, high_2, expected):
    from touchpoints.course.answers import checks
    for name, answer in (('low_1', low_1), ('high_1', high_1), ('low_2', low_2), ('high_2', high_2)):
        checks.check_number(name, answer, expected[name], {'rows': 'That interval takes rows for people. A customer stands in several rows with the same fan status.'})
