"""What students may hand in instead: assignment, question, code after the solution, points, words."""

from __future__ import annotations

MISTAKES = [
    ("first_look", "counts", "n_answered = len(customers)", 2, "Some dropped out"),
    ("first_look", "counts", "n_panel = n_answered", 2, "holds those who left"),
    ("first_look", "contacts", "n_contacts = len(contacts)", 3, "there was no contact"),
    (
        "first_look",
        "contacts",
        "contacts_per_customer = n_contacts / len(customers)",
        3,
        "the whole panel",
    ),
    ("first_look", "contacts", "most_met_reach_pct /= 100", 3, "multiply by 100"),
    (
        "first_look",
        "channel_means",
        "channel_means = own.groupby(channel_of[own.index]).mean()",
        0,
        "mean of the touchpoints' means",
    ),
    ("first_look", "largest_gap", "hidden_touchpoint = gap.idxmin()", 2, "higher number is worse"),
    ("first_look", "largest_gap", "gap_grades = -gap_grades", 2, "turned round"),
    (
        "first_look",
        "largest_gap",
        "gap_grades = own[hidden_touchpoint] - graded['grade'].mean()",
        2,
        "all contacts of the company",
    ),
    (
        "first_look",
        "bad_contacts",
        "bad_pct_touchpoint = 100 * (there['grade'] >= 5).mean()",
        1,
        "A 4 is a bad contact",
    ),
    ("first_look", "reading", "true_statements = list('ABCD')", 0, "belong there"),
]
