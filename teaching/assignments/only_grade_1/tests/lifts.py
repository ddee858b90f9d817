from otter.test_files import test_case

OK_FORMAT = False

name = "lifts"
points = 4

@test_case(points=0, hidden=False, 
    success_message="The form is right. What is marked is whether it is right for your data.")
def test_form(n_no_contact, lifts):
    from touchpoints.course.answers import form
    form.whole('n_no_contact', n_no_contact, 1)
    found = form.numbers('lifts', lifts, 'grade')
    assert set(found) <= set('123456'), 'The keys of lifts should be the grades 1 to 6.'
    assert all((-100 <= value <= 100 for value in found.values())), 'Lifts are in percentage points, from -100 to 100.'

@test_case(points=1, hidden=True, 
    success_message="Rows without contact: right.", 
    failure_message="Rows whose grade is missing.")
def test_1(n_no_contact, expected):
    from touchpoints.course.answers import checks
    checks.check_number('n_no_contact', n_no_contact, expected['n_no_contact'])

@test_case(points=3, hidden=True, 
    success_message="Pooled lifts: right.", 
    failure_message="All rows of a grade against all rows without contact.")
def test_2(lifts, expected):
    from touchpoints.course.answers import checks
    checks.check_numbers('lifts', lifts, expected['lifts'], {'everybody': 'You compare with all rows. Compare with those without contact.', 'graded': 'You compare with all graded rows. Compare with those without contact.', 'mean_of_touchpoints': "That is the mean of the touchpoints' lifts. Pool the rows first."})
