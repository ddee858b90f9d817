from otter.test_files import test_case

OK_FORMAT = False

name = "contacts"
points = 4

@test_case(points=0, hidden=False, 
    success_message="The form is right. What is marked is whether it is right for your data.")
def test_form(n_contacts, contacts_per_customer, most_met, most_met_reach_pct):
    from touchpoints.course.answers import form
    form.whole('n_contacts', n_contacts, 1)
    form.number('contacts_per_customer', contacts_per_customer, 0, 1000)
    form.key('most_met', most_met)
    form.number('most_met_reach_pct', most_met_reach_pct, 1, 100, 'in percent')

@test_case(points=1, hidden=True, 
    success_message="Contacts: right.", 
    failure_message="A row without a grade is no contact.")
def test_1(n_contacts, expected):
    from touchpoints.course.answers import checks
    checks.check_number('n_contacts', n_contacts, expected['n_contacts'], {'rows': 'These are all rows. A row without a grade says that there was no contact.'})

@test_case(points=1, hidden=True, 
    success_message="Contacts per customer: right.", 
    failure_message="Divide the contacts by those who could have had one.")
def test_2(contacts_per_customer, expected):
    from touchpoints.course.answers import checks
    checks.check_number('contacts_per_customer', contacts_per_customer, expected['contacts_per_customer'], {'with_contact': 'You divided by customers with at least one contact. Those without any answered, too.', 'panel': 'You divided by the whole panel. Those who dropped out could not tell of any contact.', 'rows': 'You counted rows without a grade as contacts.'})

@test_case(points=1, hidden=True, 
    success_message="The touchpoint that most customers meet: right.", 
    failure_message="Count graded contacts by touchpoint.")
def test_3(most_met, expected):
    from touchpoints.course.answers import checks
    checks.check_name('most_met', most_met, expected['most_met'])

@test_case(points=1, hidden=True, 
    success_message="Its reach: right.", 
    failure_message="Reach is a share of the customers who answered.")
def test_4(most_met_reach_pct, expected):
    from touchpoints.course.answers import checks
    checks.check_number('most_met_reach_pct', most_met_reach_pct, expected['most_met_reach_pct'], {'panel': 'You divided by the whole panel, which holds customers who were not asked.', 'of_contacts': "That is the touchpoint's share of all contacts. Reach is a share of customers."})
