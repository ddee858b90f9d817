from otter.test_files import test_case

OK_FORMAT = False

name = "reading"
points = 2

@test_case(points=0, hidden=False, 
    success_message="The form is right. What is marked is whether it is right for your data.")
def test_form(true_statements):
    from touchpoints.course.answers import form
    form.names('true_statements', true_statements, 'ABCD')

@test_case(points=2, hidden=True, 
    success_message="All four statements judged right.", 
    failure_message="Check each statement with a line of code.")
def test_1(true_statements, expected):
    from touchpoints.course.answers import checks
    checks.check_names('true_statements', true_statements, expected['true_statements'])
