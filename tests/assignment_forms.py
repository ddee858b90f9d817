"""Right answers in another form than the reference solution's: assignment, question, code after the solution."""

from __future__ import annotations

#: Each earns all points of its question, and the visible check has nothing to say.
RIGHT = [
    ("first_look", "counts", "n_panel, n_touchpoints = float(n_panel), np.int64(n_touchpoints)"),
    (
        "first_look",
        "contacts",
        "contacts_per_customer = round(contacts_per_customer, 2); most_met_reach_pct = round(most_met_reach_pct, 1)",
    ),
    ("first_look", "contacts", "most_met = pd.Series([most_met + ' '])"),
    ("first_look", "channel_means", "channel_means = channel_means.round(2).to_dict()"),
    (
        "first_look",
        "channel_means",
        "channel_means = placed.groupby('channel', as_index=False)['grade'].mean()",
    ),
    ("first_look", "channel_means", "channel_means = channel_means.to_frame()"),
    (
        "first_look",
        "channel_means",
        "channel_means = channel_means.reindex([*channel_means.index, 'no_such_channel'])",
    ),
    ("first_look", "largest_gap", "gap_grades = round(gap_grades, 2)"),
    ("first_look", "bad_contacts", "bad_pct_channel = round(bad_pct_channel, 1)"),
    ("first_look", "reading", "true_statements = set(true_statements)"),
    ("first_look", "reading", "true_statements = pd.Series(true_statements)"),
    ("fans_and_grades", "rate", "low_pct, high_pct = round(low_pct, 1), round(high_pct, 1)"),
    ("fans_and_grades", "lifts", "lifts = lifts.round(1)"),
    ("fans_and_grades", "lifts", "lifts = lifts.rename(index=int).to_frame().reset_index()"),
    ("fans_and_grades", "net", "net_points = round(net_points, 1)"),
    ("priorities", "map", "concentrate = importance_map.index[important & worse]"),
    ("priorities", "values", "quality_linear = quality_linear.round(2)"),
    ("priorities", "own_list", "own = own.set_index('touchpoint')"),
    ("priorities", "own_list", "own['moment_of_truth'] = own['moment_of_truth'].astype(int)"),
    ("priorities", "own_scores", "own_priority = own_priority.round(2).to_dict()"),
    ("only_grade_1", "lifts", "lifts = lifts.round(1).to_dict()"),
    ("only_grade_1", "multiplicity", "by_chance = round(by_chance, 2)"),
    (
        "only_grade_1",
        "parts",
        "n_best, n_second, n_others = map(round, (n_best, n_second, n_others))",
    ),
    ("contact_or_mood", "control", "control = touchpoints.loc[others_run_it, 'touchpoint']"),
    ("contact_or_mood", "range", "above, not_above = set(above), pd.Index(not_above)"),
    ("journeys_and_planning", "credit", "linear_credit = linear_credit.round(1)"),
    (
        "journeys_and_planning",
        "removal",
        "conversion_probability, removal_effect = round(conversion_probability, 3), removal_effect.round(3)",
    ),
    (
        "replication",
        "own_touchpoints",
        "own_seen, own_beyond = set(own_seen), pd.Index(own_beyond)",
    ),
    ("replication", "held", "held_1, held_2 = round(held_1, 1), round(held_2, 1)"),
]
#: What a visible check says before anything is handed in.
NOT_THE_FORM = [
    (
        "first_look",
        "contacts",
        "most_met = touchpoints.set_index('touchpoint')['name_en'][most_met]",
        "as in the data",
    ),
    ("first_look", "contacts", "most_met_reach_pct /= 100", "in percent"),
    ("first_look", "reading", "true_statements = ''.join(true_statements)", "['A', 'B']"),
    ("fans_and_grades", "rate", "fan_rate_pct /= 100", "in percent"),
    ("fans_and_grades", "lifts", "lifts = lifts * float('nan')", "no number at all"),
    ("priorities", "own_list", "own.columns = [c.title() for c in own.columns]", "no column"),
    ("priorities", "own_list", "own['moment_of_truth'] = 'yes'", "True or False"),
    ("priorities", "own_list", "own.loc[2, 'medium'] = None", "Row 3 of own lacks medium"),
    (
        "priorities",
        "own_scores",
        "own_priority = own_priority.reset_index(drop=True)",
        "names of your touchpoints",
    ),
]
