from otter.test_files import test_case

OK_FORMAT = False

name = "plan"
points = 4

@test_case(points=0, hidden=False, 
    success_message="The form is right. What is marked is whether it is right for your data.")
def test_form(touchpoint, no_contact_rate_pct, share_2_pct, share_none_pct, customers_needed):
    from touchpoints.course.answers import form
    form.key('touchpoint', touchpoint)
    form.number('no_contact_rate_pct', no_contact_rate_pct, 1, 100, 'in percent')
    assert form.number('share_2_pct', share_2_pct, 0, 100, 'in percent') + form.number('share_none_pct', share_none_pct, 0, 100, 'in percent') <= 100, 'The two shares come to more than 100 %.'
    form.number('customers_needed', customers_needed, 1, 1000000000.0)

@test_case(points=2, hidden=True, 
    success_message="Rate and shares: right.", 
    failure_message="All three at this touchpoint, among customers whose status is known.")
def test_1(touchpoint, no_contact_rate_pct, share_2_pct, share_none_pct, expected):
    from touchpoints.course.answers import checks
    checks.check_name('touchpoint', touchpoint, expected['touchpoint'])
    checks.check_number('no_contact_rate_pct', no_contact_rate_pct, expected['no_contact_rate_pct'], {'everybody': 'That is the rate of all. Take those without contact there.'})
    checks.check_number('share_2_pct', share_2_pct, expected['share_2_pct'], {'of_contacts': 'That is the share among those with contact. A study asks all customers.'})
    checks.check_number('share_none_pct', share_none_pct, expected['share_none_pct'])

@test_case(points=2, hidden=True, 
    success_message="The number of customers: right.", 
    failure_message="Two groups of unequal size, and a difference of five points.")
def test_2(customers_needed, expected):
    from touchpoints.course.answers import checks
    checks.check_number('customers_needed', customers_needed, expected['customers_needed'], {'of_both': 'These are the answers in the two groups. A study asks all the others as well.', 'of_grade': 'These are the answers with a 2. How many customers give them?'})
