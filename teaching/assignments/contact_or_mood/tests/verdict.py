from otter.test_files import test_case

OK_FORMAT = False

name = "verdict"
points = 4

@test_case(points=0, hidden=False, 
    success_message="The form is right. What is marked is whether it is right for your data.")
def test_form(verdict):
    from touchpoints.course.answers import form
    form.text('verdict', verdict, ['lifts', 'lowers', 'not identifiable'])

@test_case(points=2, hidden=True, 
    success_message="The verdict follows from your lists.", 
    failure_message="One method that does not say so is enough.")
def test_1(verdict, above, not_above):
    from touchpoints.course.answers import form
    said = form.text('verdict', verdict, ['lifts', 'lowers', 'not identifiable'])
    yes, no = (form.names('above', above), form.names('not_above', not_above))
    assert yes or no, 'There is no evidence yet: both lists are empty.'
    assert said != 'lifts' or not no, 'You conclude a lift, and your own list names a method that does not show it.'
    assert said != 'lowers' or not yes, 'You conclude that a 1 lowers, and your own list names a method that puts it above.'
    assert said != 'not identifiable' or no, 'By your lists all methods put it above. You may say so.'

@test_case(points=2, hidden=True, 
    success_message="The verdict that your data allow.", 
    failure_message="Evidence first, then the verdict.")
def test_2(verdict, lowest_points, highest_points, expected):
    from touchpoints.course.answers import checks, form
    checks.check_number('lowest_points', lowest_points, expected['lowest_points'])
    checks.check_number('highest_points', highest_points, expected['highest_points'])
    sentence = 'That is what most methods say. It is no vote: the one that disagrees may be the one whose assumption holds.'
    checks.check_name('verdict', verdict, expected['verdict'], {'most': sentence})
