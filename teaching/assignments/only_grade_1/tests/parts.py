from otter.test_files import test_case

OK_FORMAT = False

name = "parts"
points = 3

@test_case(points=0, hidden=False, 
    success_message="The form is right. What is marked is whether it is right for your data.")
def test_form(part_best, part_second, part_others, n_best, n_second, n_others):
    from touchpoints.course.answers import form
    for name, answer in (('n_best', n_best), ('n_second', n_second), ('n_others', n_others)):
        form.number(name, answer, 0, 1000000.0)
    for name, answer in (('part_best', part_best), ('part_second', part_second), ('part_others', part_others)):
        form.text(name, answer, ['consistent', 'contradicted', 'undecided', 'not identifiable'][:3])

@test_case(points=1, hidden=True, 
    success_message="Grade 1: right.", 
    failure_message="The table is called parts.")
def test_1(part_best, n_best, expected):
    from touchpoints.course.answers import checks
    checks.check_number('n_best', n_best, expected['n_best'], {'rows': 'These are rows. Take least_effective_n, which goes by customer.'})
    checks.check_name('part_best', part_best, expected['part_best'])

@test_case(points=1, hidden=True, 
    success_message="Grade 2: right.", 
    failure_message="The table is called parts.")
def test_2(part_second, n_second, expected):
    from touchpoints.course.answers import checks
    checks.check_number('n_second', n_second, expected['n_second'], {'rows': 'These are rows. Take least_effective_n, which goes by customer.'})
    checks.check_name('part_second', part_second, expected['part_second'])

@test_case(points=1, hidden=True, 
    success_message="Grades 3 to 6: right.", 
    failure_message="The table is called parts.")
def test_3(part_others, n_others, expected):
    from touchpoints.course.answers import checks
    checks.check_number('n_others', n_others, expected['n_others'], {'rows': 'These are rows. Take least_effective_n, which goes by customer.'})
    checks.check_name('part_others', part_others, expected['part_others'])
