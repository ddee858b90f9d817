"""Files of contacts: those that are read, and those that mean harm or are broken."""

from __future__ import annotations

import pandas as pd
import pytest

from own_contacts import contacts
from refusals import refused
from touchpoints.core.contacts import CUSTOMER, GRADE, TOUCHPOINT
from touchpoints.reporting import Choices, read_contacts

HEAD = "customer_id,touchpoint,grade,fan\n"
LINE = "1,chat,1,true\n2,chat,,false\n"


def read(tmp_path, content, name="own.csv", **choices):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_contacts(path, Choices(**choices))


def test_a_file_is_read_under_the_fields_names(tmp_path):
    text = "who;where;note;given\n007;chat;x;1\n7;chat;x;1,0\n8;chat;x;\n"
    renamed = text.replace("note", "loves").replace(";x;", ";WAHR;")
    got = read(
        tmp_path, "\ufeff" + renamed, customer="who", touchpoint="where", grade="given", fan="loves"
    )
    assert got.rows[CUSTOMER].tolist() == ["007", "7", "8"]
    assert got.rows[GRADE].fillna(0).tolist() == [1, 1, 0]
    assert got.rows["fan"].tolist() == [True] * 3
    assert got.table.kind == "CSV, cells parted by semicolons"


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_quoted_headers_are_read(tmp_path, mark):
    """Quotes in the header are broken under each of the other two delimiters."""
    text = (HEAD + LINE).replace(",", mark)
    cells = HEAD.strip().split(",")
    quoted = mark.join(f'"{cell}"' for cell in cells) + text[len(HEAD) - 1 :]
    got = read(tmp_path, quoted)
    assert got.table.columns == tuple(cells)
    assert got.rows[CUSTOMER].tolist() == ["1", "2"]


@pytest.mark.parametrize("kind", ["csv", "tsv", "parquet"])
def test_all_kinds_of_files_give_the_same_rows(tmp_path, kind):
    given = contacts()
    path = tmp_path / f"own.{kind}"
    if kind == "parquet":
        given.to_parquet(path)
    else:
        given.to_csv(path, index=False, sep="\t" if kind == "tsv" else ",")
    got = read_contacts(path, Choices(weight="weight"))
    assert len(got.rows) == len(given)
    assert got.rows[TOUCHPOINT].tolist() == given["touchpoint"].tolist()
    assert got.rows[GRADE].isna().sum() == given["grade"].isna().sum()
    assert got.rows[GRADE].sum() == given["grade"].sum()
    assert got.rows["fan"].sum() == given["fan"].sum()
    assert got.rows["weight"].tolist() == given["weight"].tolist()
    assert len(got.people) == 240
    assert got.alone == ()


def test_without_a_fan_column_the_rule_takes_the_bonding_items(tmp_path):
    items = ",".join(f"bonding_{i}" for i in range(1, 6))
    text = f"customer_id,touchpoint,grade,{items}\n1,chat,1,5,4,4,4,4\n2,chat,,1,1,1,1,NA\n"
    got = read(tmp_path, text)
    assert got.rule is not None
    assert got.rows[CUSTOMER].tolist() == ["1"]
    assert got.unknown == 1


def test_a_questionnaires_file_is_sent_to_the_command_that_reads_it(tmp_path):
    content = "respondent_id,contact_till,grade_till\n1,yes,2\n"
    found = "a row a respondent in 'own.csv', with 'grade_till'"
    refused(found, "customer and touchpoint", "data check own.csv", read, tmp_path, content)


def test_touchpoints_that_cannot_be_compared_are_named(tmp_path):
    got = read(tmp_path, HEAD + LINE + "1,shop,2,true\n2,shop,3,false\n")
    assert got.alone == ("shop",)
    assert set(got.comparable[TOUCHPOINT]) == {"chat"}


def test_empty_lines_and_quoted_breaks_are_no_short_rows(tmp_path):
    got = read(tmp_path, HEAD + '\n"1\na",chat,1,true\n\n2,chat,NaN,false\n')
    assert got.rows[CUSTOMER].tolist() == ["1\na", "2"]


@pytest.mark.parametrize(
    ("content", "found", "allowed", "mend"),
    [
        ("", "'own.csv' without any byte", "a table", "save"),
        ("\n\n", "nothing but empty lines", "a header", "check"),
        (HEAD, "no row in 'own.csv'", "one row", "check"),
        (HEAD + LINE + "3,chat", "2 cells in line 4 of 'own.csv'", "4 cells", "mend the line"),
        (HEAD + LINE + "3,chat,1,true,9", "5 cells in line 4", "4 cells", "mend"),
        (HEAD + '1,"chat,1,true\n', "broken near line 2", "quotes", "mend"),
        ('"customer_id","touch\n', "broken near line 1", "quotes", "mend"),
        (HEAD + "1,\0,1,true\n", "a byte 0", "UTF-8", "CSV UTF-8"),
        (HEAD.encode() + b"1,caf\xe9,1,true\n", "byte 39: no UTF-8", "UTF-8", "CSV UTF-8"),
        (HEAD.encode("utf-16"), "a byte 0", "UTF-8", "CSV UTF-8"),
        ("grade,grade\n1,1\n", "more than one column called 'grade'", "once", "rename"),
        ("customer_id,touchpoint,grad,fan\n", "no column 'grade'", "'grad'", "--grade (did you"),
        (HEAD.replace("fan", "x") + LINE, "neither a column 'fan'", "who is a fan", "--fan"),
        (HEAD + "1,chat,7,true\n", "'grade', row 1: 7", "1 to 6", "correct"),
        (HEAD + "1,chat,1,true\n2,chat,1.5,no\n", "'grade', row 2: 1.5", "1 to 6", "correct"),
        (HEAD + "1,chat,inf,true\n", "'grade', row 1: inf", "1 to 6", "correct"),
        (HEAD + "1,chat,very good,true\n", "row 1: 'very good'", "no contact", "correct"),
        (HEAD + "1,chat,1,maybe\n", "'fan', row 1: 'maybe'", "true or false", "correct"),
        (HEAD + ",chat,1,true\n", "'customer_id', row 1: nothing", "a customer", "correct"),
        (HEAD + "1, ,1,true\n", "'touchpoint', row 1: nothing", "a touchpoint", "correct"),
        (HEAD + "1,a\u202eb,1,true\n", "'touchpoint', row 1", "printable", "correct"),
        (HEAD + f"1,{'x' * 101},1,true\n", "'touchpoint', row 1: 'xxx", "100", "correct"),
        (HEAD + LINE + "1,chat,2,true\n", "2 rows of customer '1'", "one row", "keep one"),
        (HEAD + LINE + "1,shop,2,no\n", "values in column 'fan' for customer '1'", "one", "keep"),
        (HEAD + "1,chat,1,\n", "no known fan status", "some", "check"),
        (
            HEAD + "".join(f"1,t{i},1,true\n" for i in range(201)),
            "201 different values",
            "200",
            "group",
        ),
    ],
    ids=range(26),
)
def test_broken_and_hostile_files_get_one_sentence(tmp_path, content, found, allowed, mend):
    refused(found, allowed, mend, read, tmp_path, content)


@pytest.mark.parametrize(
    ("cell", "found"),
    [("", "'w', row 1: nan"), ("-1", "'w', row 1: -1"), ("inf", "'w', row 1: inf"), ("x", "'x'")],
)
def test_weights_that_cannot_be_used(tmp_path, cell, found):
    text = f"customer_id,touchpoint,grade,fan,w\n1,chat,1,true,{cell}\n"
    refused(found, "a number", "correct", read, tmp_path, text, weight="w")


def test_a_missing_weight_of_unknown_status_is_no_fault(tmp_path):
    text = "customer_id,touchpoint,grade,fan,w\n1,chat,1,true,2\n2,chat,1,,\n"
    assert read(tmp_path, text, weight="w").unknown == 1


def test_one_column_cannot_have_two_roles(tmp_path):
    refused("taken for both", "each", "another", read, tmp_path, HEAD + LINE, fan="grade")


@pytest.mark.parametrize("name", ["own.xlsx", "own", "own.csv.exe"])
def test_other_kinds_of_files_are_refused(tmp_path, name):
    refused("the file", ".csv, .tsv, .parquet", "CSV UTF-8", read, tmp_path, HEAD, name)


@pytest.mark.parametrize("cut", [0.0, 0.5, 0.99])
def test_a_parquet_file_cut_short_is_refused(tmp_path, cut):
    contacts().to_parquet(tmp_path / "whole.parquet")
    whole = (tmp_path / "whole.parquet").read_bytes()
    part = whole[: int(cut * len(whole))] or b"PAR1"
    refused("is cut short", "Parquet", "save", read, tmp_path, part, "own.parquet")


def test_a_parquet_file_with_damaged_pages_is_refused(tmp_path):
    contacts().to_parquet(tmp_path / "whole.parquet")
    whole = bytearray((tmp_path / "whole.parquet").read_bytes())
    whole[4:400] = bytes(396)
    refused("damaged", "whole", "save", read, tmp_path, bytes(whole), "own.parquet")


def test_columns_of_odd_types_are_refused(tmp_path):
    frame = contacts().assign(grade=pd.Timestamp("2025-01-01"))
    frame.to_parquet(tmp_path / "own.parquet")
    path = tmp_path / "own.parquet"
    refused("'grade', row 1: '2025", "1 to 6", "correct", read_contacts, path, Choices())


def test_no_file_and_no_permission(tmp_path):
    missing, folder = tmp_path / "none.csv", tmp_path / "folder.csv"
    folder.mkdir()
    refused("can't be read", "CSV or Parquet", "path", read_contacts, missing, Choices())
    refused("is no file", "a file", "name", read_contacts, folder, Choices())
