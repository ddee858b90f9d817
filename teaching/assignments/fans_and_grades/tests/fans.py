from otter.test_files import test_case

OK_FORMAT = False

name = "fans"
points = 3

@test_case(points=0, hidden=False, 
    success_message="The form is right. What is marked is whether it is right for your data.")
def test_form(n_known, n_fans):
    from touchpoints.course.answers import form
    assert form.whole('n_fans', n_fans) <= form.whole('n_known', n_known), "There can't be more fans than customers whose status is known."

@test_case(points=1, hidden=True, 
    success_message="Known: right.", 
    failure_message="Whoever left an item open has no fan status.")
def test_1(n_known, expected):
    from touchpoints.course.answers import checks
    checks.check_number('n_known', n_known, expected['n_known'], {'panel': 'These are all customers. Nobody knows whether those who dropped out are fans.'})

@test_case(points=2, hidden=True, 
    success_message="Fans: right.", 
    failure_message="The mean of the five answers, and the cut-off.")
def test_2(n_fans, expected):
    from touchpoints.course.answers import checks
    checks.check_number('n_fans', n_fans, expected['n_fans'], {'above': 'You left out those whose mean is exactly 4. They are fans.', 'first_item': 'That looks at the first statement only. Use the mean of all five.', 'every_item': 'The rule asks for a mean of 4, not for 4 on every statement.'})
