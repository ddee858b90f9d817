from otter.test_files import test_case

OK_FORMAT = False

name = "largest_gap"
points = 4

@test_case(points=0, hidden=False, 
    success_message="The form is right. What is marked is whether it is right for your data.")
def test_form(hidden_touchpoint, gap_grades):
    from touchpoints.course.answers import form
    form.key('hidden_touchpoint', hidden_touchpoint)
    form.number('gap_grades', gap_grades, -5, 5, 'in grades')

@test_case(points=2, hidden=True, 
    success_message="The hidden touchpoint: right.", 
    failure_message="Compare each touchpoint with its own channel.")
def test_1(hidden_touchpoint, expected):
    from touchpoints.course.answers import checks
    checks.check_name('hidden_touchpoint', hidden_touchpoint, expected['hidden_touchpoint'], {'worst': 'That is the touchpoint with the worst grade. Its channel is bad as well; look for the one that lies furthest from its channel.', 'best': 'That one is better than its channel by most. On this scale a higher number is worse.'})

@test_case(points=2, hidden=True, 
    success_message="The gap: right.", 
    failure_message="Touchpoint minus channel.")
def test_2(gap_grades, expected):
    from touchpoints.course.answers import checks
    checks.check_number('gap_grades', gap_grades, expected['gap_grades'], {'company': 'You compared with all contacts of the company. Take those of its channel.', 'of_means': "The mean of the channel is that of its contacts, not of its touchpoints' means."})
