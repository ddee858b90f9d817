from otter.test_files import test_case

OK_FORMAT = False

name = "credit"
points = 5

@test_case(points=0, hidden=False, 
    success_message="The form is right. What is marked is whether it is right for your data.")
def test_form(first_credit, last_credit, linear_credit):
    from touchpoints.course.answers import form
    sums = [sum(form.numbers(name, answer, 'touchpoint').values()) for name, answer in (('first_credit', first_credit), ('last_credit', last_credit), ('linear_credit', linear_credit))]
    assert max(sums) - min(sums) < 0.9, 'Each rule shares out the same orders: the three sums should be equal.'

@test_case(points=1, hidden=True, 
    success_message="First: right.", 
    failure_message="The first contact of each journey that ended in an order.")
def test_1(first_credit, expected):
    from touchpoints.course.answers import checks
    checks.check_numbers('first_credit', first_credit, expected['first_credit'], {'last': 'That is the last contact.', 'met': 'These are all journeys that meet the touchpoint.'})

@test_case(points=1, hidden=True, 
    success_message="Last: right.", 
    failure_message="The contact with the order.")
def test_2(last_credit, expected):
    from touchpoints.course.answers import checks
    checks.check_numbers('last_credit', last_credit, expected['last_credit'], {'first': 'That is the first contact.', 'met': 'These are all journeys that meet the touchpoint.'})

@test_case(points=3, hidden=True, 
    success_message="Linear: right.", 
    failure_message="Each contact of a journey of L gets 1 / L.")
def test_3(linear_credit, expected):
    from touchpoints.course.answers import checks
    checks.check_numbers('linear_credit', linear_credit, expected['linear_credit'], {'last': 'That is the last contact.', 'met': 'These are journeys. Share each order out.'})
