from otter.test_files import test_case

OK_FORMAT = False

name = "own_scores"
points = 4

@test_case(points=0, hidden=False, 
    success_message="The form is right. What is marked is whether it is right for your data.")
def test_form(own, own_priority, own_first_linear, own_first_only_best, own_weakest):
    from touchpoints.course.answers import form, own_touchpoints
    own_touchpoints.same_names('own_priority', own_priority, own)
    for name, answer in (('own_first_linear', own_first_linear), ('own_first_only_best', own_first_only_best), ('own_weakest', own_weakest)):
        form.text(name, answer)

@test_case(points=2, hidden=True, 
    success_message="The priorities fit your entries.", 
    failure_message="Importance × (1 − q) × weight.")
def test_1(own, own_priority):
    from touchpoints.course.answers import checks
    from touchpoints.course.answers.own_touchpoints import own_targets, read_own
    wanted = own_targets(read_own('own', own))['priority_linear']
    checks.check_numbers('own_priority', own_priority, wanted, {'no_weight': 'Moments of truth weigh one and a half times as much.', 'turned': 'You multiplied with the quality. What is missing to 1 counts.', 'no_importance': 'You left your importance out.'})

@test_case(points=1, hidden=True, 
    success_message="The first to mend fit your entries.", 
    failure_message="The highest priority, under each of both functions.")
def test_2(own, own_first_linear, own_first_only_best):
    from touchpoints.course.answers import checks
    from touchpoints.course.answers.own_touchpoints import own_targets, read_own
    wanted = own_targets(read_own('own', own))
    checks.check_name('own_first_linear', own_first_linear, wanted['first_linear'])
    checks.check_name('own_first_only_best', own_first_only_best, wanted['first_only_best'])

@test_case(points=1, hidden=True, 
    success_message="The weakest link fits your entries.", 
    failure_message="The worst grade, whatever its importance.")
def test_3(own, own_weakest):
    from touchpoints.course.answers import checks
    from touchpoints.course.answers.own_touchpoints import own_targets, read_own
    checks.check_name('own_weakest', own_weakest, own_targets(read_own('own', own))['weakest'], {'best': 'That is the best grade. 1 is best, 6 is worst.'})
