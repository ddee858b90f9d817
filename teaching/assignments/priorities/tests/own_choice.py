from otter.test_files import test_case

OK_FORMAT = False

name = "own_choice"
points = 2

@test_case(points=0, hidden=False, 
    success_message="The form is right. What is marked is whether it is right for your data.")
def test_form(they_differ, own_choice, own_reason):
    from touchpoints.course.answers import form
    assert isinstance(form.plain_answer('they_differ', they_differ), bool), 'they_differ should be True or False.'
    form.text('own_choice', own_choice)
    words = len(form.text('own_reason', own_reason).split())
    assert words >= 20, f'own_reason has {words} words; write 20 or more.'

@test_case(points=1, hidden=True, 
    success_message="Whether they disagree: fits your entries.", 
    failure_message="Compare the two first.")
def test_1(own, they_differ):
    from touchpoints.course.answers import checks
    from touchpoints.course.answers.own_touchpoints import own_targets, read_own
    checks.check_flag('they_differ', they_differ, own_targets(read_own('own', own))['differ'])

@test_case(points=1, hidden=True, 
    success_message="A choice with a reason.", 
    failure_message="One of your touchpoints, and 20 words or more.")
def test_2(own, own_choice, own_reason):
    from touchpoints.course.answers import form
    from touchpoints.course.answers.own_touchpoints import read_own
    form.text('own_choice', own_choice, [row['touchpoint'] for row in read_own('own', own)])
    assert len(set(form.text('own_reason', own_reason).lower().split())) >= 12, 'own_reason should give a reason in words of your own: 20 or more.'
