from otter.test_files import test_case

OK_FORMAT = False

name = "control"
points = 5

@test_case(points=0, hidden=False, 
    success_message="The form is right. What is marked is whether it is right for your data.")
def test_form(control, control_points, control_low, control_high):
    from touchpoints.course.answers import form
    form.key('control', control)
    lift = form.number('control_points', control_points, -100, 100, 'in percentage points')
    assert form.number('control_low', control_low, -100, 100) < lift < form.number('control_high', control_high, -100, 100), 'The lift should lie within its interval.'

@test_case(points=1, hidden=True, 
    success_message="The control: right.", 
    failure_message="Look at department and control.")
def test_1(control, expected):
    from touchpoints.course.answers import checks
    checks.check_name('control', control, expected['control'])

@test_case(points=2, hidden=True, 
    success_message="Its lift: right. What it shows can't be an effect.", 
    failure_message="Grade 1 against no contact, at this touchpoint alone.")
def test_2(control_points, expected):
    from touchpoints.course.answers import checks
    checks.check_number('control_points', control_points, expected['control_points'], {'grade_2': 'That is the lift of grade 2.', 'elsewhere': 'That is the lift at the other touchpoints.'})

@test_case(points=2, hidden=True, 
    success_message="The interval: right.", 
    failure_message="Fans and answers with grade 1, then fans and answers without contact.")
def test_3(control_low, control_high, expected):
    from touchpoints.course.answers import checks
    checks.check_number('control_low', control_low, expected['control_low'])
    checks.check_number('control_high', control_high, expected['control_high'])
