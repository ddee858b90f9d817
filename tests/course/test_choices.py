"""The choices for a course: options and file say the same, and wrong ones are told with the nearest name."""

from __future__ import annotations

from datetime import date

import pytest

from touchpoints.cli import course_new, main
from touchpoints.core.errors import InputError
from touchpoints.course import slides
from touchpoints.course.folder import making
from touchpoints.course.folder.config import CONFIG, CourseConfig, config_text, read_config
from touchpoints.course.folder.making import make_course
from touchpoints.course.folder.manifest import MANIFEST
from touchpoints.course.folder.markdown import plain, printable
from touchpoints.course.folder.plan import make_plan
from touchpoints.course.teaching import load_teaching
from touchpoints.plain_yaml import parse_yaml


@pytest.fixture(scope="module")
def teaching():
    return load_teaching()


@pytest.fixture(autouse=True)
def _no_wheel(monkeypatch):
    monkeypatch.setattr(making, "kit_wheel", dict)


RIGHT = [
    CourseConfig(),
    CourseConfig(
        title='Touch: "points" \\ ünd # more',
        language="de",
        start=date(2026, 10, 12),
        pattern="blocks",
        weeks=4,
        chapters=("journeys", "fans-and-grades"),
        assignments="graded",
        book="https://example.org/kit",
    ),
]


@pytest.mark.parametrize("config", RIGHT, ids=["defaults", "all"])
def test_the_file_says_what_the_options_said(teaching, config):
    written = parse_yaml(config_text(config, teaching), CONFIG, "YAML")
    assert read_config(written, teaching, CONFIG) == config


WRONG = [
    ({"pattern": "block"}, "pattern: 'block'; allowed is blocks, weeks, workshop"),
    ({"pattern": "block"}, "did you mean 'blocks'?"),
    ({"chapters": ["fans-and-grade"]}, "did you mean 'fans-and-grades'?"),
    ({"chapters": "fans-and-grades"}, "a list of 0 to 40"),
    ({"chapters": ["journeys", "journeys"]}, "name 'journeys' twice"),
    ({"language": "fr"}, "allowed is en, de"),
    ({"assignments": "grade"}, "did you mean 'graded'?"),
    ({"start": "12.10.2026"}, "a day as 2026-10-12"),
    ({"start": "2026-13-01"}, "a day as 2026-10-12"),
    ({"weeks": 0}, "a whole number from 1 to 40"),
    ({"weeks": True}, "a whole number from 1 to 40"),
    ({"weeks": "ten"}, "a whole number from 1 to 40"),
    ({"title": "x" * 121}, "120 at most"),
    ({"title": "<script>alert(1)</script>"}, "plain text"),
    ({"title": "a\x1b[2Jb"}, "plain text"),
    ({"book": "javascript:alert(1)"}, "the address of the published book"),
    ({"book": 'https://example.org/"><script>'}, "the address of the published book"),
    ({"titel": "Contacts"}, "did you mean 'title'?"),
    ([], "fields with values"),
    ("weeks", "fields with values"),
]


@pytest.mark.parametrize(("content", "said"), WRONG, ids=[said[:40] for _, said in WRONG])
def test_a_wrong_choice_is_told_in_one_sentence(teaching, content, said):
    with pytest.raises(InputError) as raised:
        read_config(content, teaching, CONFIG)
    assert said in str(raised.value)
    assert str(raised.value).count(CONFIG) == 1


def test_the_command_tells_the_nearest_name(tmp_path, capsys):
    assert main(["course", "new", str(tmp_path / "c"), "--pattern", "worksop"]) == 1
    assert "did you mean 'workshop'?" in capsys.readouterr().err
    assert not (tmp_path / "c").exists()


def names(plan):
    return [[taught.lesson.name for taught in session.lessons] for session in plan.sessions]


def test_fewer_weeks_leave_out_what_the_pattern_names_first(teaching):
    plan = make_plan(CourseConfig(weeks=10), teaching)
    assert [] not in names(plan)
    assert ["digital-contacts", "in-balance"] not in names(plan)
    assert ["priorities-and-drivers", "five-shifts"] in names(plan)


@pytest.mark.parametrize("weeks", [8, 13])
def test_weeks_that_do_not_fit_are_told(teaching, weeks):
    with pytest.raises(InputError, match="9 to 12 with these chapters and this pattern"):
        make_plan(CourseConfig(weeks=weeks), teaching)


def test_chapters_are_chosen_and_new_ones_come_before_the_last_session(teaching):
    chosen = ("fans-and-grades", "reporting", "fourteen-touchpoints-of-an-airport")
    plan = make_plan(CourseConfig(chapters=chosen), teaching)
    assert names(plan) == [[], *([name] for name in chosen)]
    assert next(s.title for s in plan.sessions) == "Stories and sides"


def test_dates_follow_the_pattern(teaching):
    weeks = make_plan(CourseConfig(start=date(2026, 10, 12)), teaching)
    assert [s.day for s in weeks.sessions][:2] == [date(2026, 10, 12), date(2026, 10, 19)]
    day = make_plan(CourseConfig(start=date(2026, 10, 12), pattern="workshop"), teaching)
    assert {s.day for s in day.sessions} == {date(2026, 10, 12)}


def test_options_beside_another_choice_in_the_file_are_refused(tmp_path):
    folder = tmp_path / "c"
    make_course(folder, {"pattern": "workshop"})
    with pytest.raises(InputError, match=r"--pattern beside course\.yml, which says otherwise"):
        make_course(folder, {"pattern": "blocks"})
    assert make_course(folder, {"pattern": "workshop"}).outcome.written == []


def test_a_file_of_choices_alone_makes_a_course(tmp_path):
    (tmp_path / CONFIG).write_text("pattern: workshop\ntitle: Contacts\n", encoding="utf-8")
    make_course(tmp_path, {})
    assert (tmp_path / "README.md").read_text("utf-8").startswith("# Contacts\n")
    assert (tmp_path / CONFIG).read_text("utf-8") == "pattern: workshop\ntitle: Contacts\n"


def test_a_course_without_its_choices_does_not_become_another_one(tmp_path):
    make_course(tmp_path / "c", {"pattern": "workshop"})
    (tmp_path / "c" / CONFIG).unlink()
    with pytest.raises(InputError, match=r"no course\.yml in the course"):
        make_course(tmp_path / "c", {})


def test_nothing_is_written_beside_what_is_no_course(tmp_path):
    (tmp_path / "thesis.docx").write_bytes(b"")
    with pytest.raises(InputError, match="is no course"):
        make_course(tmp_path, {"pattern": "workshop"})
    assert not (tmp_path / MANIFEST).exists()
    assert not (tmp_path / CONFIG).exists()


@pytest.mark.parametrize(
    "text",
    ["<img src=x onerror=alert(1)>", "[a](javascript:alert(1))", "# no heading", "a | b", "1. x"],
)
def test_texts_are_shown_and_never_mark_up(text):
    shown = printable("x", f"{plain(text)}\n\n| a | b |\n|---|---|\n| {plain(text)} | c |\n")
    assert "<img" not in shown
    assert "href=" not in shown
    assert "<h1" not in shown
    assert "<ol" not in shown
    assert shown.count("<td") == 2


def test_html_in_a_page_is_shown_as_text():
    shown = printable("<b>", "# A\n\n<img src=x onerror=alert(1)>\n")
    assert "<title>&lt;b&gt;</title>" in shown
    assert "<img" not in shown


def test_slides_are_those_of_the_course(tmp_path, monkeypatch, capsys):
    asked = []
    monkeypatch.setattr(course_new, "build_book", lambda root: root / "built")
    monkeypatch.setattr(
        slides, "write_slides", lambda *given, **options: asked.append((given, options))
    )
    folder = tmp_path / "c"
    choices = ["--pattern", "workshop", "--language", "de", "--title", "Kontakte"]
    assert main(["course", "new", str(folder), *choices, "--slides"]) == 0
    ((chapters, into), options) = asked[0]
    assert chapters[0] == "from-channels-to-touchpoints"
    assert len(chapters) == 6
    assert into == folder / "slides"
    assert options["book"].name == "built"
    assert (options["lang"], options["title"]) == ("de", "Kontakte")
    assert "Slides: " in capsys.readouterr().out
