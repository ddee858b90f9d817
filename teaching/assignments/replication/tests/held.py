from otter.test_files import test_case

OK_FORMAT = False

name = "held"
points = 4

@test_case(points=0, hidden=False, 
    success_message="The form is right. What is marked is whether it is right for your data.")
def test_form(held_1, held_2):
    from touchpoints.course.answers import form
    form.number('held_1', held_1, -100, 100, 'in percentage points')
    form.number('held_2', held_2, -100, 100, 'in percentage points')

@test_case(points=2, hidden=True, 
    success_message="Grade 1, mood held constant: right.", 
    failure_message="Within classes first, then the weighted mean.")
def test_1(held_1, expected):
    from touchpoints.course.answers import checks
    checks.check_number('held_1', held_1, expected['held_1'], {'raw': 'That is the raw lift. Compare within classes of mood.', 'few_others': 'Leave those with fewer than three other ratings out.', 'plain_mean': 'Each class counts the same here. Weigh it with its answers.'})

@test_case(points=2, hidden=True, 
    success_message="Grade 2, mood held constant: right.", 
    failure_message="Within classes first, then the weighted mean.")
def test_2(held_2, expected):
    from touchpoints.course.answers import checks
    checks.check_number('held_2', held_2, expected['held_2'], {'raw': 'That is the raw lift. Compare within classes of mood.', 'few_others': 'Leave those with fewer than three other ratings out.', 'plain_mean': 'Each class counts the same here. Weigh it with its answers.'})
