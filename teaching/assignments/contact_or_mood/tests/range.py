from otter.test_files import test_case

OK_FORMAT = False

name = "range"
points = 4

@test_case(points=0, hidden=False, 
    success_message="The form is right. What is marked is whether it is right for your data.")
def test_form(above, not_above, lowest_points, highest_points):
    from touchpoints.course.answers import form
    from touchpoints.core.confounding.methods import METHODS
    both = form.names('above', above, METHODS) + form.names('not_above', not_above, METHODS)
    assert sorted(both) == sorted(METHODS), 'Each of the eight methods should stand in one of the two lists, and only in one.'
    assert form.number('lowest_points', lowest_points, -200, 200) <= form.number('highest_points', highest_points, -200, 200), 'The lowest estimate lies above the highest.'

@test_case(points=2, hidden=True, 
    success_message="The two lists: right.", 
    failure_message="Look at low_points.")
def test_1(above, not_above, expected):
    from touchpoints.course.answers import checks
    checks.check_names('above', above, expected['above'], {'turned': 'The lists are exchanged.'})
    checks.check_names('not_above', not_above, expected['not_above'])

@test_case(points=1, hidden=True, 
    success_message="The lowest: right.", 
    failure_message="The column lift_points.")
def test_2(lowest_points, expected):
    from touchpoints.course.answers import checks
    checks.check_number('lowest_points', lowest_points, expected['lowest_points'])

@test_case(points=1, hidden=True, 
    success_message="The highest: right.", 
    failure_message="The column lift_points.")
def test_3(highest_points, expected):
    from touchpoints.course.answers import checks
    checks.check_number('highest_points', highest_points, expected['highest_points'])
