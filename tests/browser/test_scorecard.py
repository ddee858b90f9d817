"""The scorecard in the static page, by mouse and by keyboard, with friendly and hostile files."""

from __future__ import annotations

import csv
import io
import json

import pytest

from browser.conftest import SCORECARD_PAGE, SCORECARD_TOOL
from conftest import vectors

HEADER = "touchpoint,name_en,name_de,contact_phase,medium,channel,grade,importance,moment_of_truth"
HOSTILE = [
    "<script>document.title='owned'</script>",
    "<img src=x onerror=document.title='owned'>",
    "=1+1",
    "+49 40 123",
    "-2",
    "@SUM(A1)",
    "\u202eevil\u202c",
    'quote " and, comma; semicolon',
    "line\nbreak",
    "long " * 2000,
]


def row(page, name):
    return page.locator(".tp-row", has_text=name).first


def ranking(page, column):
    return page.locator(".tp-ranking").nth(column).locator("li .tp-clip").all_text_contents()


def load(page, name, content):
    data = content if isinstance(content, bytes) else content.encode()
    page.locator("input[type=file]").set_input_files(
        {"name": name, "mimeType": "text/csv", "buffer": data}
    )


def exported(page, button):
    with page.expect_download() as waiting:
        page.get_by_role("button", name=button).click()
    return waiting.value.path().read_text("utf-8")


@pytest.mark.parametrize("case", vectors("scoring"), ids=lambda c: c["name"])
def test_javascript_scores_as_the_vectors_say(opened, site, case):
    result = opened(site + SCORECARD_TOOL).evaluate(
        "c => touchpointHost.module('scorecard').scoreRows(c.rows, c.rule,"
        " ['pre_contact', 'contact', 'full_contact', 'post_contact'], ['offline', 'online'])",
        case,
    )
    for item, want in zip(result["items"], case["expected"]["items"], strict=True):
        for part in ("quality", "priority", "rank"):
            assert item[part] == pytest.approx(want[part], abs=1e-12), (item["touchpoint"], part)
    for part in ("phases", "media"):
        for got, want in zip(result[part], case["expected"][part], strict=True):
            assert got == pytest.approx(want, abs=1e-9)
    assert result["weakest_link"] == case["expected"]["weakest_link"]


def test_a_grade_by_mouse_changes_lists_curve_and_undo(scorecard):
    page = scorecard
    assert ranking(page, 0)[0] == "Service hotline"
    row(page, "Service hotline").locator(".tp-grade[data-grade='1']").click()
    assert ranking(page, 0)[0] == "Review portal"
    assert "Service hotline" not in page.locator(".tp-weak-text").text_content()
    page.get_by_role("button", name="Undo").click()
    assert ranking(page, 0)[0] == "Service hotline"
    page.get_by_role("button", name="Redo").click()
    assert ranking(page, 0)[0] == "Review portal"


def test_everything_by_keyboard_alone(scorecard):
    page = scorecard
    first = row(page, "Friends' recommendation")
    first.locator("input[type=radio]:checked").focus()
    page.keyboard.press("ArrowRight")
    assert first.locator("input[type=radio]:checked").get_attribute("value") == "2"
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowLeft")
    assert first.locator("output").text_content() == "8"
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    assert not first.get_by_role("switch").is_checked()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("Word of mouth")
    page.keyboard.press("Tab")
    renamed = row(page, "Word of mouth")
    assert renamed.is_visible()
    renamed.locator(".tp-name").scroll_into_view_if_needed()
    for _ in range(4):
        page.keyboard.press("ControlOrMeta+z")
    assert (
        row(page, "Friends' recommendation")
        .locator("input[type=radio]:checked")
        .get_attribute("value")
        == "1"
    )


def test_dragging_importance_is_one_step_of_undo(scorecard):
    page = scorecard
    slider = row(page, "Home page").locator("input[type=range]")
    slider.focus()
    slider.evaluate("""el => { for (const v of [7, 8, 9]) { el.value = v; el.dispatchEvent(new Event('input', {bubbles: true})); }
        el.dispatchEvent(new Event('change', {bubbles: true})); }""")
    assert row(page, "Home page").locator("output").text_content() == "9"
    page.get_by_role("button", name="Undo").click()
    assert row(page, "Home page").locator("output").text_content() == "6"


def test_add_rename_move_remove(scorecard):
    page = scorecard
    page.get_by_role("button", name="Add a touchpoint to Contact").click()
    page.keyboard.type("Showroom")
    page.keyboard.press("Enter")
    added = row(page, "Showroom")
    assert page.locator(".tp-phase").nth(1).locator(".tp-row").count() == 8
    added.get_by_role("button", name="Move down").click()
    assert page.locator(".tp-phase").nth(2).locator(".tp-row").count() == 6
    row(page, "Showroom").get_by_role("button", name="Move up").click()
    assert (
        page.locator(".tp-phase").nth(1).locator(".tp-row").last.locator(".tp-name").text_content()
        == "Showroom"
    )
    row(page, "Showroom").get_by_role("button", name="Remove").click()
    assert page.locator(".tp-row").count() == 21
    assert "Undo brings it back" in page.locator(".tp-status").text_content()


def test_own_channel_medium_and_phase(scorecard):
    page = scorecard
    target = row(page, "Home page")
    target.get_by_role("button", name="Edit Home page").click()
    target.get_by_label("Channel").fill("pop-up shop")
    target.get_by_label("Channel").press("Enter")
    target.get_by_label("Medium").select_option("offline")
    target.get_by_label("Contact phase").select_option("post_contact")
    data = json.loads(exported(page, "Export JSON"))
    home = next(r for r in data["rows"] if r["touchpoint"] == "home_page")
    assert (home["channel"], home["medium"], home["contact_phase"]) == (
        "pop-up shop",
        "offline",
        "post_contact",
    )


def test_settings_change_the_ranking(scorecard):
    page = scorecard
    page.locator(".tp-settings summary").click()
    page.get_by_label("Only grade 1 counts: value of grade 2").fill("1")
    page.get_by_label("Only grade 1 counts: value of grade 2").press("Enter")
    assert "Online checkout" not in ranking(page, 1)
    weight = page.get_by_role("spinbutton", name="Weight of a moment of truth")
    weight.fill("99")
    weight.press("Enter")
    assert "not allowed" in page.locator(".tp-settings .tp-problem").text_content()
    assert weight.input_value() == "1.5"


@pytest.mark.parametrize("kind", ["CSV", "JSON"])
def test_what_is_exported_can_be_imported(scorecard, kind):
    page = scorecard
    first = exported(page, f"Export {kind}")
    row(page, "Home page").locator(".tp-grade[data-grade='6']").click()
    load(page, f"scorecard.{kind.lower()}", first)
    page.wait_for_function(
        "document.querySelector('.tp-status').textContent.includes('21 touchpoints read')"
    )
    assert exported(page, f"Export {kind}") == first


@pytest.mark.parametrize("text", HOSTILE, ids=lambda t: repr(t[:12]))
@pytest.mark.parametrize("kind", ["csv", "json"])
def test_hostile_names_are_only_ever_text(scorecard, text, kind):
    page = scorecard
    record = {
        "touchpoint": "odd",
        "name_en": text,
        "name_de": text,
        "contact_phase": "contact",
        "medium": "online",
        "channel": "web",
        "grade": "5",
        "importance": "9",
        "moment_of_truth": "true",
    }
    if kind == "csv":
        buffer = io.StringIO()
        writer = csv.DictWriter(buffer, HEADER.split(","), lineterminator="\n")
        writer.writeheader()
        writer.writerow(record)
        content = buffer.getvalue()
    else:
        content = json.dumps(
            {"rows": [{**record, "grade": 5, "importance": 9, "moment_of_truth": True}]}
        )
    load(page, f"odd.{kind}", content)
    page.wait_for_function("document.querySelectorAll('.tp-row').length === 1")
    assert page.locator(".tp-row .tp-name").text_content() == text.strip()
    assert page.locator(".tp-scorecard script, .tp-scorecard img").count() == 0
    assert page.title() != "owned"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    cells = next(csv.DictReader(io.StringIO(exported(page, "Export CSV").lstrip("\ufeff"))))
    assert not cells["name_en"].startswith(("=", "+", "-", "@"))
    assert cells["name_en"].removeprefix("'") == text.strip()
    assert json.loads(exported(page, "Export JSON"))["rows"][0]["name_en"] == text.strip()


WRONG = [
    (
        "grade 7",
        f"{HEADER}\na,A,A,contact,online,web,7,5,true\n",
        "Row 2, column “grade”: found “7”; allowed: a whole number from 1 to 6, or nothing",
    ),
    ("half a grade", f"{HEADER}\na,A,A,contact,online,web,2.5,5,true\n", "found “2.5”"),
    (
        "importance",
        f"{HEADER}\na,A,A,contact,online,web,2,11,true\n",
        "allowed: a whole number from 0 to 10",
    ),
    (
        "phase",
        f"{HEADER}\na,A,A,before,online,web,2,1,true\n",
        "allowed: pre_contact, contact, full_contact, post_contact",
    ),
    ("flag", f"{HEADER}\na,A,A,contact,online,web,2,1,perhaps\n", "allowed: true or false"),
    (
        "twice",
        f"{HEADER}\na,A,A,contact,online,web,2,1,true\na,B,B,contact,online,web,2,1,true\n",
        "the key “a” stands twice",
    ),
    ("no column", "name,grade\nx,1\n", "has no column “touchpoint” (found: name, grade)"),
    ("header only", HEADER + "\n", "has no row below its header"),
    ("empty", "", "has no row"),
    ("unclosed quote", f'{HEADER}\n"a,A\n', "begins in line 2 never ends"),
    ("broken JSON", '{"rows": [', "neither CSV nor JSON"),
    ("JSON of something else", '{"rows": 3}', "neither CSV nor JSON"),
    ("binary", b"\x00\x01\x02PK", "neither CSV nor JSON"),
    (
        "too many",
        HEADER + "\n" + "".join(f"t{i},A,A,contact,online,web,1,1,true\n" for i in range(501)),
        "has 501 rows; allowed are 500",
    ),
    ("too large", b"x" * 2_000_001, "allowed are 2000 kB"),
    (
        "text too long",
        f"{HEADER}\na,{'x' * 10_001},A,contact,online,web,1,1,true\n",
        "a text of 1 to 10000 characters",
    ),
]


@pytest.mark.parametrize(("content", "sentence"), [w[1:] for w in WRONG], ids=[w[0] for w in WRONG])
def test_a_wrong_file_gets_one_sentence_and_changes_nothing(scorecard, content, sentence):
    page = scorecard
    before = exported(page, "Export JSON")
    load(page, "wrong.csv", content)
    page.wait_for_function("document.querySelector('.tp-problem').textContent !== ''")
    told = page.locator(".tp-problem").first.text_content()
    assert sentence in told
    assert told.endswith("Nothing was changed.")
    assert exported(page, "Export JSON") == before


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_spreadsheet_dialects_are_read(scorecard, delimiter):
    page = scorecard
    content = "\ufeff" + f"{HEADER}\r\nshop,Laden,Laden,contact,offline,store,2,7,TRUE\r\n".replace(
        ",", delimiter
    )
    load(page, "excel.csv", content)
    page.wait_for_function("document.querySelectorAll('.tp-row').length === 1")
    assert row(page, "Laden").get_by_role("switch").is_checked()


def test_an_edit_among_sixty_rows_touches_one_row(scorecard):
    """Why an edit is painted within a frame whatever the length; the time stands in benchmarks/."""
    page = scorecard
    lines = "".join(
        f"t{i},Touchpoint {i},T,{p},online,web,{i % 6 + 1},{i % 11},true\n"
        for i in range(60)
        for p in [["pre_contact", "contact", "full_contact", "post_contact"][i % 4]]
    )
    load(page, "sixty.csv", f"{HEADER}\n{lines}")
    page.wait_for_function("document.querySelectorAll('.tp-row').length === 60")
    touched = page.evaluate("""() => {
        const seen = new Set();
        const observer = new MutationObserver((all) => all.forEach((m) => { const r = m.target.closest?.('.tp-row'); if (r) seen.add(r.dataset.key); }));
        observer.observe(document.querySelector('.tp-phases'), {subtree: true, childList: true, attributes: true, characterData: true});
        document.querySelectorAll('.tp-row')[5].querySelector('input[value="6"]').click();
        observer.takeRecords().forEach((m) => { const r = m.target.closest?.('.tp-row'); if (r) seen.add(r.dataset.key); });
        return [...seen];
    }""")
    assert len(touched) == 1, "an edit touches the edited row alone"


def test_print_shows_the_result_without_controls(scorecard):
    page = scorecard
    page.emulate_media(media="print")
    assert not page.locator(".tp-toolbar").is_visible()
    assert page.locator(".tp-rankings").is_visible()
    assert len(page.pdf()) > 10_000


def test_usable_on_the_narrowest_phone(visit, site):
    page = visit(360, 740, has_touch=True).open(site + SCORECARD_PAGE)
    row(page, "Home page").locator(".tp-grade[data-grade='6']").tap()
    assert row(page, "Home page").locator("input[type=radio]:checked").get_attribute("value") == "6"
    box = row(page, "Home page").locator(".tp-grade").first.bounding_box()
    assert box["width"] >= 24
    assert box["height"] >= 24
