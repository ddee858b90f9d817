from otter.test_files import test_case

OK_FORMAT = False

name = "values"
points = 4

@test_case(points=0, hidden=False, 
    success_message="The form is right. What is marked is whether it is right for your data.")
def test_form(quality_linear, quality_only_best):
    from touchpoints.course.answers import form
    for name, answer in (('quality_linear', quality_linear), ('quality_only_best', quality_only_best)):
        found = form.numbers(name, answer, 'touchpoint')
        assert all((0 <= value <= 1 for value in found.values())), f'{name} should lie between 0 and 1.'

@test_case(points=2, hidden=True, 
    success_message="Linear: right.", 
    failure_message="Turn each grade into its quality, then average.")
def test_1(quality_linear, expected):
    from touchpoints.course.answers import checks
    checks.check_numbers('quality_linear', quality_linear, expected['quality_linear'], {'turned': 'A grade 1 should be worth 1, and a 6 nothing.', 'means': 'These are mean grades. Turn each into a quality.'})

@test_case(points=2, hidden=True, 
    success_message="Only the best: right. A 2 is worth as much as a 6 here.", 
    failure_message="The share of grade 1.")
def test_2(quality_only_best, expected):
    from touchpoints.course.answers import checks
    checks.check_numbers('quality_only_best', quality_only_best, expected['quality_only_best'], {'up_to_2': 'A grade 2 is worth nothing here.', 'turned': 'A grade 1 should be worth 1.'})
