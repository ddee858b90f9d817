from otter.test_files import test_case

OK_FORMAT = False

name = "power"
points = 2

@test_case(points=0, hidden=False, 
    success_message="The form is right. What is marked is whether it is right for your data.")
def test_form(power_pct, enough):
    from touchpoints.course.answers import form
    form.number('power_pct', power_pct, 0, 100, 'in percent')
    assert isinstance(form.plain_answer('enough', enough), bool), 'enough should be True or False.'

@test_case(points=1, hidden=True, 
    success_message="The power: right.", 
    failure_message="The formula, with the numbers of your survey.")
def test_1(power_pct, expected):
    from touchpoints.course.answers import checks
    checks.check_number('power_pct', power_pct, expected['power_pct'], {'missed': 'That is the probability of missing it.'})

@test_case(points=1, hidden=True, 
    success_message="Whether it is enough: right.", 
    failure_message="Compare your customers with those needed.")
def test_2(enough, power_pct, expected):
    from touchpoints.course.answers import checks, form
    power = form.number('power_pct', power_pct, 0, 100)
    assert form.plain_answer('enough', enough) == (power >= 80), 'This does not fit your power: enough means 80 % or more.'
    checks.check_flag('enough', enough, expected['enough'])
