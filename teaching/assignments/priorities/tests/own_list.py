from otter.test_files import test_case

OK_FORMAT = False

name = "own_list"
points = 4

@test_case(points=0, hidden=False, 
    success_message="The form is right. What is marked is whether it is right for your data.")
def test_form(own):
    from touchpoints.course.answers.own_touchpoints import read_own
    read_own('own', own)

@test_case(points=3, hidden=True, 
    success_message="A complete list.", 
    failure_message="Look at what the visible check says.")
def test_1(own):
    from touchpoints.course.answers.own_touchpoints import read_own
    read_own('own', own)

@test_case(points=1, hidden=True, 
    success_message="Your own touchpoints.", 
    failure_message="Enter touchpoints of a company that you know.")
def test_2(own, expected):
    from touchpoints.course.answers.own_touchpoints import read_own
    given = set(expected['given_names']['value'])
    own_names = [row['touchpoint'] for row in read_own('own', own)]
    taken = [name for name in own_names if name in given]
    assert not taken, f'{taken[0]} is a touchpoint of the data, not your own.'
