from otter.test_files import test_case

OK_FORMAT = False

name = "lifts"
points = 5

@test_case(points=0, hidden=False, 
    success_message="The form is right. What is marked is whether it is right for your data.")
def test_form(touchpoint, lifts, lift_1):
    from touchpoints.course.answers import form
    form.key('touchpoint', touchpoint)
    found = form.numbers('lifts', lifts, 'grade')
    assert set(found) <= set('123456'), 'The keys of lifts should be the grades 1 to 6.'
    lift = form.number('lift_1', lift_1, -100, 100, 'in percentage points')
    assert '1' in found and abs(found['1'] - lift) < 0.1, 'lift_1 should be the lift of grade 1 in lifts.'

@test_case(points=1, hidden=True, 
    success_message="The touchpoint: right.", 
    failure_message="The most graded contacts.")
def test_1(touchpoint, expected):
    from touchpoints.course.answers import checks
    checks.check_name('touchpoint', touchpoint, expected['touchpoint'])

@test_case(points=2, hidden=True, 
    success_message="The lift of grade 1: right.", 
    failure_message="The reference is the fan rate of the rows without a grade.")
def test_2(lift_1, expected):
    from touchpoints.course.answers import checks
    checks.check_number('lift_1', lift_1, expected['lift_1'], {'rate': 'That is the fan rate itself. Take the rate without contact off.'})

@test_case(points=2, hidden=True, 
    success_message="All lifts: right.", 
    failure_message="The same for each grade.")
def test_3(lifts, expected):
    from touchpoints.course.answers import checks
    checks.check_numbers('lifts', lifts, expected['lifts'], {'everybody': 'You compare with all customers. Compare with those without contact.', 'graded': 'You compare with all who had contact. Compare with those who had none.', 'rates': 'These are fan rates. Take the rate without contact off.'})
