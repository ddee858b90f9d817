from otter.test_files import test_case

OK_FORMAT = False

name = "verdict"
points = 4

@test_case(points=0, hidden=False, 
    success_message="The form is right. What is marked is whether it is right for your data.")
def test_form(verdict):
    from touchpoints.course.answers import form
    form.text('verdict', verdict, ['consistent', 'contradicted', 'undecided', 'not identifiable'])

@test_case(points=2, hidden=True, 
    success_message="The verdict follows from your parts.", 
    failure_message="Go through the four lines with your own parts.")
def test_1(verdict, part_best, part_second, part_others):
    from touchpoints.course.answers import form
    from touchpoints.course.answers.only_grade_1 import verdict_of
    given = {'best': part_best, 'second': part_second, 'others': part_others}
    words = ['consistent', 'contradicted', 'undecided', 'not identifiable']
    said = form.text('verdict', verdict, words)
    follows = verdict_of({key: form.text('part_' + key, value, words[:3]) for key, value in given.items()})
    assert said == follows or follows != 'not identifiable' or said != 'consistent', 'All your parts hold. But what in these data rules out that good mood makes both the grade and the fan?'
    assert said == follows, 'This verdict does not follow from the parts that you gave.'

@test_case(points=2, hidden=True, 
    success_message="The verdict that your data allow.", 
    failure_message="Evidence first, then the verdict.")
def test_2(verdict, n_best, n_second, n_others, expected):
    from touchpoints.course.answers import checks
    for name, answer in (('n_best', n_best), ('n_second', n_second), ('n_others', n_others)):
        checks.check_number(name, answer, expected[name])
    checks.check_name('verdict', verdict, expected['verdict'], {'pattern': 'The pattern is there. That is not yet the claim: the same pattern comes from a world in which contacts cause nothing.'})
