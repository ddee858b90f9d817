from otter.test_files import test_case

OK_FORMAT = False

name = "own_lifts"
points = 4

@test_case(points=0, hidden=False, 
    success_message="The form is right. What is marked is whether it is right for your data.")
def test_form(own_lift_1, own_low_1, own_high_1, own_lift_2, own_low_2, own_high_2):
    from touchpoints.course.answers import form
    for grade, lift, low, high in ((1, own_lift_1, own_low_1, own_high_1), (2, own_lift_2, own_low_2, own_high_2)):
        found = form.number(f'own_lift_{grade}', lift, -100, 100, 'in percentage points')
        assert form.number(f'own_low_{grade}', low, -100, 100) < found < form.number(f'own_high_{grade}', high, -100, 100), 'Each lift should lie within its interval.'

@test_case(points=2, hidden=True, 
    success_message="Grade 1: right.", 
    failure_message="Weighted rates, and intervals by customer.")
def test_1(own_lift_1, own_low_1, own_high_1, expected):
    from touchpoints.course.answers import checks
    sentence = {'unweighted': 'That is without the weights of the panel.'}
    checks.check_number('own_lift_1', own_lift_1, expected['own_lift_1'], sentence)
    checks.check_number('own_low_1', own_low_1, expected['own_low_1'], sentence)
    checks.check_number('own_high_1', own_high_1, expected['own_high_1'])

@test_case(points=2, hidden=True, 
    success_message="Grade 2: right.", 
    failure_message="Weighted rates, and intervals by customer.")
def test_2(own_lift_2, own_low_2, own_high_2, expected):
    from touchpoints.course.answers import checks
    sentence = {'unweighted': 'That is without the weights of the panel.'}
    checks.check_number('own_lift_2', own_lift_2, expected['own_lift_2'], sentence)
    checks.check_number('own_low_2', own_low_2, expected['own_low_2'], sentence)
    checks.check_number('own_high_2', own_high_2, expected['own_high_2'])
