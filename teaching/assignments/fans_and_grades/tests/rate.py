from otter.test_files import test_case

OK_FORMAT = False

name = "rate"
points = 4

@test_case(points=0, hidden=False, 
    success_message="The form is right. What is marked is whether it is right for your data.")
def test_form(fan_rate_pct, low_pct, high_pct):
    from touchpoints.course.answers import form
    rate = form.number('fan_rate_pct', fan_rate_pct, 1, 100, 'in percent')
    assert form.number('low_pct', low_pct, 0, 100, 'in percent') < rate < form.number('high_pct', high_pct, 0, 100, 'in percent'), 'The rate should lie between its bounds.'

@test_case(points=1, hidden=True, 
    success_message="The rate: right.", 
    failure_message="Fans divided by those whose status is known.")
def test_1(fan_rate_pct, expected):
    from touchpoints.course.answers import checks
    checks.check_number('fan_rate_pct', fan_rate_pct, expected['fan_rate_pct'], {'panel': "You divided by the whole panel. Those whose status is not known don't count as no fans."})

@test_case(points=1.5, hidden=True, 
    success_message="The lower bound: right.", 
    failure_message="Wilson's formula, with n the number of those known.")
def test_2(low_pct, expected):
    from touchpoints.course.answers import checks
    checks.check_number('low_pct', low_pct, expected['low_pct'], {'simple': "That is the simple formula, p minus z times the standard error. Wilson's is another one.", 'panel': 'n is the number of those whose status is known, not of the panel.'})

@test_case(points=1.5, hidden=True, 
    success_message="The upper bound: right.", 
    failure_message="Wilson's formula, with n the number of those known.")
def test_3(high_pct, expected):
    from touchpoints.course.answers import checks
    checks.check_number('high_pct', high_pct, expected['high_pct'], {'simple': "That is the simple formula, p plus z times the standard error. Wilson's is another one.", 'panel': 'n is the number of those whose status is known, not of the panel.'})
