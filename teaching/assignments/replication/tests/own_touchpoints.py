from otter.test_files import test_case

OK_FORMAT = False

name = "own_touchpoints"
points = 3

@test_case(points=0, hidden=False, 
    success_message="The form is right. What is marked is whether it is right for your data.")
def test_form(own_seen, own_beyond, n_tested):
    from touchpoints.course.answers import form
    seen = form.keys('own_seen', own_seen)
    assert set(form.keys('own_beyond', own_beyond)) <= set(seen), 'What holds beyond the control must be seen in the first place.'
    assert form.whole('n_tested', n_tested, 1) >= len(seen), 'More touchpoints show the pattern than were tested.'

@test_case(points=1, hidden=True, 
    success_message="Where the pattern is seen: right.", 
    failure_message="The column pattern.")
def test_1(own_seen, n_tested, expected):
    from touchpoints.course.answers import checks, form
    form.whole('n_tested', n_tested, 1)
    checks.check_names('own_seen', own_seen, expected['own_seen'], {'beyond': 'That is where it holds beyond the control. The pattern may show at more.'})

@test_case(points=1, hidden=True, 
    success_message="Where it holds beyond the control: right.", 
    failure_message="The column verdict.")
def test_2(own_beyond, n_tested, expected):
    from touchpoints.course.answers import checks, form
    form.whole('n_tested', n_tested, 1)
    checks.check_names('own_beyond', own_beyond, expected['own_beyond'], {'seen': 'The pattern is seen there. Is it more than at the control?'})

@test_case(points=1, hidden=True, 
    success_message="All of it together: right.", 
    failure_message="Both lists and the number.")
def test_3(own_seen, own_beyond, n_tested, expected):
    from touchpoints.course.answers import checks
    checks.check_number('n_tested', n_tested, expected['n_tested'])
    checks.check_names('own_seen', own_seen, expected['own_seen'])
    checks.check_names('own_beyond', own_beyond, expected['own_beyond'])
