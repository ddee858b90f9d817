from otter.test_files import test_case

OK_FORMAT = False

name = "bad_contacts"
points = 3

@test_case(points=0, hidden=False, 
    success_message="The form is right. What is marked is whether it is right for your data.")
def test_form(bad_pct_touchpoint, bad_pct_channel):
    from touchpoints.course.answers import form
    form.number('bad_pct_touchpoint', bad_pct_touchpoint, 0, 100, 'in percent')
    form.number('bad_pct_channel', bad_pct_channel, 0, 100, 'in percent')

@test_case(points=2, hidden=True, 
    success_message="Bad contacts at the touchpoint: right.", 
    failure_message="Bad contacts there, divided by all graded contacts there.")
def test_1(bad_pct_touchpoint, expected):
    from touchpoints.course.answers import checks
    checks.check_number('bad_pct_touchpoint', bad_pct_touchpoint, expected['bad_pct_touchpoint'], {'from_5': 'A 4 is a bad contact, too.', 'of_all': "That is the touchpoint's share of all bad contacts. Divide by its own contacts."})

@test_case(points=1, hidden=True, 
    success_message="Bad contacts in the channel: right.", 
    failure_message="All touchpoints of the channel together.")
def test_2(bad_pct_channel, expected):
    from touchpoints.course.answers import checks
    checks.check_number('bad_pct_channel', bad_pct_channel, expected['bad_pct_channel'], {'from_5': 'A 4 is a bad contact, too.'})
