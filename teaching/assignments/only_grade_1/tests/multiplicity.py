from otter.test_files import test_case

OK_FORMAT = False

name = "multiplicity"
points = 4

@test_case(points=0, hidden=False, 
    success_message="The form is right. What is marked is whether it is right for your data.")
def test_form(n_clear, by_chance, n_holm, n_bh):
    from touchpoints.course.answers import form
    clear = form.whole('n_clear', n_clear)
    form.number('by_chance', by_chance, 0, 100)
    assert form.whole('n_holm', n_holm) <= clear, "An adjustment can't make more contrasts clear."
    assert form.whole('n_bh', n_bh) <= clear, "An adjustment can't make more contrasts clear."

@test_case(points=1, hidden=True, 
    success_message="Read one by one: right.", 
    failure_message="Filter grade 2 and count.")
def test_1(n_clear, expected):
    from touchpoints.course.answers import checks
    checks.check_number('n_clear', n_clear, expected['n_clear'], {'holm': 'That is after Holm.', 'bh': 'That is after Benjamini and Hochberg.'})

@test_case(points=1, hidden=True, 
    success_message="By chance: right.", 
    failure_message="One in twenty of them.")
def test_2(by_chance, expected):
    from touchpoints.course.answers import checks
    checks.check_number('by_chance', by_chance, expected['by_chance'], {'every_grade': 'That counts the contrasts of all grades.'})

@test_case(points=1, hidden=True, 
    success_message="After Holm: right.", 
    failure_message="The column p_holm.")
def test_3(n_holm, expected):
    from touchpoints.course.answers import checks
    checks.check_number('n_holm', n_holm, expected['n_holm'], {'none': 'That is without any adjustment.', 'bh': 'That is after Benjamini and Hochberg.'})

@test_case(points=1, hidden=True, 
    success_message="After Benjamini and Hochberg: right.", 
    failure_message="Sort the p-values; compare the k-th with 0.05 k / m.")
def test_4(n_bh, expected):
    from touchpoints.course.answers import checks
    checks.check_number('n_bh', n_bh, expected['n_bh'], {'none': 'That is without any adjustment.', 'bonferroni': "That compares each p-value with 0.05 / m, which is Bonferroni's rule.", 'holm': 'That is after Holm.'})
