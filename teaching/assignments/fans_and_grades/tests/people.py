from otter.test_files import test_case

OK_FORMAT = False

name = "people"
points = 2

@test_case(points=0, hidden=False, 
    success_message="The form is right. What is marked is whether it is right for your data.")
def test_form(rows_1, customers_1):
    from touchpoints.course.answers import form
    assert form.whole('customers_1', customers_1) <= form.whole('rows_1', rows_1), 'More customers than contacts?'

@test_case(points=1, hidden=True, 
    success_message="Contacts graded 1: right.", 
    failure_message="Count rows whose grade is 1.")
def test_1(rows_1, expected):
    from touchpoints.course.answers import checks
    checks.check_number('rows_1', rows_1, expected['rows_1'], {'all': 'These are all graded contacts.'})

@test_case(points=1, hidden=True, 
    success_message="Customers who gave a 1: right.", 
    failure_message="Count each customer once.")
def test_2(customers_1, expected):
    from touchpoints.course.answers import checks
    checks.check_number('customers_1', customers_1, expected['customers_1'], {'rows': 'A customer with three contacts graded 1 is still one customer.', 'everybody': 'These are all customers. Some never gave a 1.'})
