from otter.test_files import test_case

OK_FORMAT = False

name = "counts"
points = 3

@test_case(points=0, hidden=False, 
    success_message="The form is right. What is marked is whether it is right for your data.")
def test_form(n_touchpoints, n_panel, n_answered):
    from touchpoints.course.answers import form
    form.whole('n_touchpoints', n_touchpoints, 1)
    panel = form.whole('n_panel', n_panel, 1)
    assert form.whole('n_answered', n_answered, 1) <= panel, 'More customers answered than are in the panel?'

@test_case(points=1, hidden=True, 
    success_message="Touchpoints: right.", 
    failure_message="Count the rows of touchpoints.")
def test_1(n_touchpoints, expected):
    from touchpoints.course.answers import checks
    checks.check_number('n_touchpoints', n_touchpoints, expected['n_touchpoints'])

@test_case(points=1, hidden=True, 
    success_message="Panel: right.", 
    failure_message="Count the rows of customers, whatever their status.")
def test_2(n_panel, expected):
    from touchpoints.course.answers import checks
    checks.check_number('n_panel', n_panel, expected['n_panel'], {'answered': 'These are those who answered. The panel holds those who left, too.'})

@test_case(points=1, hidden=True, 
    success_message="Answered: right. Whoever dropped out is missing in all that follows.", 
    failure_message="Look at panel_status.")
def test_3(n_answered, expected):
    from touchpoints.course.answers import checks
    checks.check_number('n_answered', n_answered, expected['n_answered'], {'everybody': "These are all customers of the panel. Some dropped out before this year's survey.", 'twice': 'These answered twice. Those who joined this year answered, too.'})
