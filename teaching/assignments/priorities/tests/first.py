from otter.test_files import test_case

OK_FORMAT = False

name = "first"
points = 2

@test_case(points=0, hidden=False, 
    success_message="The form is right. What is marked is whether it is right for your data.")
def test_form(first_linear, first_only_best):
    from touchpoints.course.answers import form
    form.key('first_linear', first_linear)
    form.key('first_only_best', first_only_best)

@test_case(points=1, hidden=True, 
    success_message="First under the linear function: right.", 
    failure_message="Importance, gap to 1, and weight.")
def test_1(first_linear, expected):
    from touchpoints.course.answers import checks
    checks.check_name('first_linear', first_linear, expected['first_linear'], {'no_weight': 'You left out that moments of truth weigh one and a half times as much.', 'no_importance': 'You left the importance out.', 'turned': 'That one has most quality. What is missing to 1 counts.'})

@test_case(points=1, hidden=True, 
    success_message="First if only the best counts: right.", 
    failure_message="Importance, gap to 1, and weight.")
def test_2(first_only_best, expected):
    from touchpoints.course.answers import checks
    checks.check_name('first_only_best', first_only_best, expected['first_only_best'], {'no_weight': 'You left out that moments of truth weigh one and a half times as much.', 'no_importance': 'You left the importance out.', 'turned': 'That one has most quality. What is missing to 1 counts.'})
