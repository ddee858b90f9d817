from otter.test_files import test_case

OK_FORMAT = False

name = "removal"
points = 6

@test_case(points=0, hidden=False, 
    success_message="The form is right. What is marked is whether it is right for your data.")
def test_form(conversion_probability, removal_effect, most_needed):
    from touchpoints.course.answers import form
    form.number('conversion_probability', conversion_probability, 0, 1, 'a probability')
    found = form.numbers('removal_effect', removal_effect, 'touchpoint')
    assert all((-1e-09 <= value <= 1 + 1e-09 for value in found.values())), 'A removal effect is a share, from 0 to 1.'
    name = form.key('most_needed', most_needed)
    assert found.get(name) == max(found.values()), 'most_needed should be the one with the largest of your effects.'

@test_case(points=1, hidden=True, 
    success_message="The probability: right.", 
    failure_message="It must be the share of journeys with an order.")
def test_1(conversion_probability, expected):
    from touchpoints.course.answers import checks
    checks.check_number('conversion_probability', conversion_probability, expected['conversion_probability'])

@test_case(points=4, hidden=True, 
    success_message="Removal effects: right, without any simulation.", 
    failure_message="Set the way into the touchpoint to nothing and solve again.")
def test_2(removal_effect, expected):
    from touchpoints.course.answers import checks
    checks.check_numbers('removal_effect', removal_effect, expected['removal_effect'], {'containing': 'That is the share of orders whose journey met the touchpoint. In the chain another way can lead to an order as well.', 'in_proportion': "These add up to 1. The effects themselves don't."})

@test_case(points=1, hidden=True, 
    success_message="Whose removal costs most: right.", 
    failure_message="The largest effect.")
def test_3(most_needed, expected):
    from touchpoints.course.answers import checks
    checks.check_name('most_needed', most_needed, expected['most_needed'])
