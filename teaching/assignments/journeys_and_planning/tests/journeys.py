from otter.test_files import test_case

OK_FORMAT = False

name = "journeys"
points = 3

@test_case(points=0, hidden=False, 
    success_message="The form is right. What is marked is whether it is right for your data.")
def test_form(n_journeys, n_conversions):
    from touchpoints.course.answers import form
    assert form.whole('n_conversions', n_conversions, 1) <= form.whole('n_journeys', n_journeys, 1), 'Each journey ends in one order at most.'

@test_case(points=2, hidden=True, 
    success_message="Journeys: right.", 
    failure_message="Number the journeys of each customer by the orders before.")
def test_1(n_journeys, expected):
    from touchpoints.course.answers import checks
    checks.check_number('n_journeys', n_journeys, expected['n_journeys'], {'customers': 'These are customers. One who goes on after an order begins another journey.', 'converted': 'These are the journeys with an order. Those that ended in nothing are journeys, too.'})

@test_case(points=1, hidden=True, 
    success_message="Orders: right.", 
    failure_message="Count the contacts that ended in an order.")
def test_2(n_conversions, expected):
    from touchpoints.course.answers import checks
    checks.check_number('n_conversions', n_conversions, expected['n_conversions'], {'customers': 'These are customers with an order. Some have several.'})
