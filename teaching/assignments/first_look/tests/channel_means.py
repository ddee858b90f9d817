from otter.test_files import test_case

OK_FORMAT = False

name = "channel_means"
points = 4

@test_case(points=0, hidden=False, 
    success_message="The form is right. What is marked is whether it is right for your data.")
def test_form(channel_means):
    from touchpoints.course.answers import form
    found = form.numbers('channel_means', channel_means, 'channels')
    assert all((1 <= value <= 6 for value in found.values())), 'A mean grade lies between 1 and 6.'

@test_case(points=4, hidden=True, 
    success_message="Channel means: right.", 
    failure_message="Join the channel to each graded contact, then average.")
def test_1(channel_means, expected):
    from touchpoints.course.answers import checks
    checks.check_numbers('channel_means', channel_means, expected['channel_means'], {'of_means': "That is the mean of the touchpoints' means. A touchpoint that many meet should count more."})
