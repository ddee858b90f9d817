from otter.test_files import test_case

OK_FORMAT = False

name = "arithmetic"
points = 2

@test_case(points=0, hidden=False, 
    success_message="The form is right. What is marked is whether it is right for your data.")
def test_form(rest_points, some_grade_below):
    from touchpoints.course.answers import form
    form.number('rest_points', rest_points, -100, 100, 'in percentage points')
    assert isinstance(form.plain_answer('some_grade_below', some_grade_below), bool), 'some_grade_below should be True or False.'

@test_case(points=1, hidden=True, 
    success_message="The rest: right.", 
    failure_message="Net effect minus grade 1's part.")
def test_1(rest_points, expected):
    from touchpoints.course.answers import checks
    checks.check_number('rest_points', rest_points, expected['rest_points'], {'unweighted': "Weigh grade 1's lift with its share before you take it off.", 'best': "That is grade 1's part. What do the others add?"})

@test_case(points=1, hidden=True, 
    success_message="Right: a sum below 0 has a part below 0, whatever causes what.", 
    failure_message="Can a sum be negative without a negative part? And does a sum above 0 say that none is?")
def test_2(rest_points, some_grade_below, expected):
    from touchpoints.course.answers import checks, form
    rest = form.number('rest_points', rest_points, -100, 100)
    assert form.plain_answer('some_grade_below', some_grade_below) == (rest < 0), 'This does not follow from your rest_points: only a sum below 0 must have a part below 0.'
    checks.check_flag('some_grade_below', some_grade_below, expected['some_grade_below'])
