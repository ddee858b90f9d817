from otter.test_files import test_case

OK_FORMAT = False

name = "airport"
points = 5

@test_case(points=0, hidden=False, 
    success_message="The form is right. What is marked is whether it is right for your data.")
def test_form(airport_lift_1, airport_lift_2, years_below):
    from touchpoints.course.answers import form
    form.number('airport_lift_1', airport_lift_1, -100, 100, 'in percentage points')
    form.number('airport_lift_2', airport_lift_2, -100, 100, 'in percentage points')
    assert form.whole('years_below', years_below) <= 5, 'There are five years.'

@test_case(points=2, hidden=True, 
    success_message="Grade 1 at the airport: right.", 
    failure_message="Add up the years first, then compare the two shares.")
def test_1(airport_lift_1, expected):
    from touchpoints.course.answers import checks
    checks.check_number('airport_lift_1', airport_lift_1, expected['airport_lift_1'], {'rate': 'That is the share itself. Take that of never users off.', 'everybody': 'You compare with all passengers. Compare with never users.'})

@test_case(points=2, hidden=True, 
    success_message="Grade 2 at the airport: right.", 
    failure_message="Add up the years first, then compare the two shares.")
def test_2(airport_lift_2, expected):
    from touchpoints.course.answers import checks
    checks.check_number('airport_lift_2', airport_lift_2, expected['airport_lift_2'], {'rate': 'That is the share itself. Take that of never users off.', 'everybody': 'You compare with all passengers. Compare with never users.'})

@test_case(points=1, hidden=True, 
    success_message="The years: right.", 
    failure_message="One comparison a year.")
def test_3(years_below, expected):
    from touchpoints.course.answers import checks
    checks.check_number('years_below', years_below, expected['years_below'], {'above': 'These are the years in which it lies above.'})
