from otter.test_files import test_case

OK_FORMAT = False

name = "verdicts"
points = 4

@test_case(points=0, hidden=False, 
    success_message="The form is right. What is marked is whether it is right for your data.")
def test_form(own_verdict, airport_verdict):
    from touchpoints.course.answers import form
    form.text('own_verdict', own_verdict, ['consistent', 'contradicted', 'undecided', 'not identifiable'])
    form.text('airport_verdict', airport_verdict, ['consistent', 'contradicted', 'undecided', 'not identifiable'])

@test_case(points=2, hidden=True, 
    success_message="Your company: the verdict that the data allow.", 
    failure_message="Evidence first, then the verdict.")
def test_1(own_verdict, own_lift_1, own_lift_2, expected):
    from touchpoints.course.answers import checks
    checks.check_number('own_lift_1', own_lift_1, expected['own_lift_1'])
    checks.check_number('own_lift_2', own_lift_2, expected['own_lift_2'])
    checks.check_name('own_verdict', own_verdict, expected['own_verdict'], {'pattern': 'The pattern is there. Without a control it may be mood: that is not yet the claim.'})

@test_case(points=2, hidden=True, 
    success_message="The airport: the verdict that the data allow.", 
    failure_message="Evidence first, then the verdict.")
def test_2(airport_verdict, airport_lift_1, airport_lift_2, expected):
    from touchpoints.course.answers import checks
    checks.check_number('airport_lift_1', airport_lift_1, expected['airport_lift_1'])
    checks.check_number('airport_lift_2', airport_lift_2, expected['airport_lift_2'])
    checks.check_name('airport_verdict', airport_verdict, expected['airport_verdict'], {'pattern': 'The pattern is there. Without a control it may be mood: that is not yet the claim.'})
