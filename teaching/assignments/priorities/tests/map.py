from otter.test_files import test_case

OK_FORMAT = False

name = "map"
points = 4

@test_case(points=0, hidden=False, 
    success_message="The form is right. What is marked is whether it is right for your data.")
def test_form(concentrate, n_sure):
    from touchpoints.course.answers import form
    form.keys('concentrate', concentrate)
    form.whole('n_sure', n_sure)

@test_case(points=2, hidden=True, 
    success_message="The quadrant: right.", 
    failure_message="Important, and worse than the mean.")
def test_1(concentrate, expected):
    from touchpoints.course.answers import checks
    checks.check_names('concentrate', concentrate, expected['concentrate'], {'grade_turned': 'These are important and done well. A higher grade is worse.', 'importance_left_out': 'These are all that are done badly. Some of them matter little.', 'performance_left_out': 'These are all that matter much. Some of them are done well.'})

@test_case(points=2, hidden=True, 
    success_message="How many are sure: right.", 
    failure_message="Both intervals have to stay on one side.")
def test_2(n_sure, expected):
    from touchpoints.course.answers import checks
    checks.check_number('n_sure', n_sure, expected['n_sure'], {'unsure': 'That is how many are not sure.', 'of_concentrate': 'Count all touchpoints, not only those of your list.'})
