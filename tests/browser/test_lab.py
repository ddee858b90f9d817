"""Widgets in a real JupyterLab: the same front ends, with Python objects behind them."""

from __future__ import annotations

import contextlib
import os
import re
import secrets
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import TimeoutError as NotSeen

from conftest import ROOT

SETUP = 'import touchpoints as tp\ncard = tp.Scorecard(tp.load("touchpoints"))\ncard'
ASK = 'print("grade is", card.rows[0]["grade"], "weakest", card.scores.weakest_link)'
CHART = (
    'import pandas as pd\ndata = tp.load("touchpoints").merge(tp.load("scorecard_example"), on="touchpoint")\n'
    "tp.score_touchpoints(data).chart()"
)
LENS = (
    "import touchpoints as tp\ncard = tp.Scorecard()\n"
    'lens = tp.ChannelLens(tp.load("contacts"), scorecard=card)\nlens'
)
ASK_LENS = (
    'print("seen:", lens.view, lens.by, lens.filters, lens.show_touchpoints, len(lens.lens.table))'
)
THEN_LENS = (
    'card.rows = [{**r, "grade": 6 if r["touchpoint"] == "returns_desk" else 1} for r in card.rows]\n'
    'lens.source = "scorecard"'
)
EXPLORER = (
    "import touchpoints as tp\n"
    'people = tp.FanRule().apply(tp.load("customers"))[["customer_id", "age_group", "fan"]].dropna()\n'
    'explorer = tp.FanExplorer(tp.load("contacts").merge(people, on="customer_id"))\nexplorer'
)
ASK_EXPLORER = 'print("seen:", explorer.choice, int(explorer.estimates["n"].sum()))'
THEN_EXPLORER = (
    'explorer.counts = [{"grade": 1, "n": 40, "fans": 26}, {"grade": None, "n": 70, "fans": 20}]\n'
    'explorer.source = "own"'
)
SIMULATOR = "import touchpoints as tp\nsimulator = tp.TrustSimulator()\nsimulator"
ASK_SIMULATOR = 'print("seen:", simulator.scenario_a["good_pct"], simulator.results["a"].text[:40])'
THEN_SIMULATOR = 'simulator.scenario_b = tp.TrustCycle.preset("post_contact_forgotten").to_dict()'
STUDY = "import touchpoints as tp\nstudy = tp.StudyPlanner()\nstudy"
ASK_STUDY = 'print("seen:", study.plan["asked"], study.results.needed)'
THEN_STUDY = 'study.plan = {**study.plan, "asked": 40_000, "response_pct": 60}'
SHIFTS = "import touchpoints as tp\ncheck = tp.ShiftsCheck()\ncheck"
ASK_SHIFTS = 'print("seen:", check.answers[2]["company"], check.answers[2]["note"], check.person)'
THEN_SHIFTS = (
    "import pandas as pd\n"
    'answers = {"member": list("abc"), "shift": "dialogue", "company": [5, 1, 3]}\n'
    "check.team = tp.ShiftsCheck(team=pd.DataFrame(answers)).team"
)
SMALL = (
    "import touchpoints as tp\n"
    "check = tp.SmallThingsCheck()\ncard = tp.Scorecard(small_things=check)\ncheck"
)
ASK_SMALL = (
    'print("seen:", check.rows[0]["reliable"], check.results.most_missing, len(card.small_things))'
)
THEN_SMALL = "card"
PLANNER = (
    "import touchpoints as tp\ncard = tp.Scorecard()\n"
    "planner = tp.BalancePlanner(scorecard=card)\nplanner"
)
ASK_PLANNER = 'print("seen:", round(planner.results.totals["hours"][1], 1))'
THEN_PLANNER = 'card.rows = [{**r, "name_en": r["name_en"].upper()} for r in card.rows]'
REPORT = (
    "import touchpoints as tp\ncard = tp.Scorecard()\nplanner = tp.BalancePlanner()\n"
    'report = tp.Report(scorecard=card, planner=planner, title="Ours")\nreport'
)
ASK_REPORT = 'print("seen:", report.author, report.left_out)'
THEN_REPORT = (
    'card.rows = [{**r, "grade": 6 if r["touchpoint"] == "live_chat" else 1} for r in card.rows]\n'
    'planner.rows = [{**r, "moved_pct": 100} for r in planner.rows]'
)
QUESTIONS = str(ROOT / "tests" / "quizzes" / "all-kinds.yml")
QUIZ = f"import touchpoints as tp\nquiz = tp.Quiz({QUESTIONS!r})\nquiz"
ASK_QUIZ = 'print("seen:", quiz.answers, quiz.tries, quiz.solved, quiz.results["which-word"].right)'
THEN_QUIZ = (
    'quiz.answers = {"mean-grade": "8,7"}\n'
    f"progress = tp.Progress([{QUESTIONS!r}])\n"
    'progress.records = {"all-kinds": {"solved": quiz.solved, "exercises": [1, 2]}}\nprogress'
)
NOTEBOOKS = {
    "card": (SETUP, ASK, CHART),
    "lens": (LENS, ASK_LENS, THEN_LENS),
    "explorer": (EXPLORER, ASK_EXPLORER, THEN_EXPLORER),
    "simulator": (SIMULATOR, ASK_SIMULATOR, THEN_SIMULATOR),
    "study": (STUDY, ASK_STUDY, THEN_STUDY),
    "shifts": (SHIFTS, ASK_SHIFTS, THEN_SHIFTS),
    "small": (SMALL, ASK_SMALL, THEN_SMALL),
    "planner": (PLANNER, ASK_PLANNER, THEN_PLANNER),
    "report": (REPORT, ASK_REPORT, THEN_REPORT),
    "quiz": (QUIZ, ASK_QUIZ, THEN_QUIZ),
}


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], str]]:
    """Addresses of the notebooks in a JupyterLab."""
    folder: Path = tmp_path_factory.mktemp("lab")
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    for name, sources in NOTEBOOKS.items():
        cells = [nbformat.v4.new_code_cell(source) for source in sources]
        notebook = nbformat.v4.new_notebook(cells=cells, metadata=kernel)
        nbformat.write(notebook, folder / f"{name}.ipynb")
    token = secrets.token_hex(8)
    environment = {k: v for k, v in os.environ.items() if k != "TOUCHPOINTS_BOOK"}
    environment |= {
        "JUPYTER_CONFIG_DIR": str(folder / "c"),
        "JUPYTERLAB_SETTINGS_DIR": str(folder / "s"),
        "JUPYTERLAB_WORKSPACES_DIR": str(folder / "w"),
    }
    process = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "jupyterlab",
            f"--ServerApp.root_dir={folder}",
            "--no-browser",
            "--allow-root",
            f"--IdentityProvider.token={token}",
            "--port=0",
            "--ServerApp.port_retries=0",
            "--LabApp.news_url=None",
            "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
            "--LabApp.extension_manager=readonly",
        ],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env=environment,
    )
    lines = []
    for line in process.stderr:
        lines.append(line)
        found = re.search(r"(http://(?:127\.0\.0\.1|localhost):\d+)/lab", line)
        if found:
            break
    else:
        pytest.fail("JupyterLab did not start: " + "".join(lines[-20:]))
    # A workspace each: JupyterLab would open the notebooks of the test before, too.
    yield lambda name: f"{found.group(1)}/lab/workspaces/{name}/tree/{name}.ipynb?token={token}"
    process.terminate()
    process.communicate(timeout=60)


def open_notebook(visit, address):
    """Open a notebook and run its first cell."""
    seen = visit(1280, 1400)
    page = seen.page
    page.set_default_timeout(60_000)
    page.goto(address)
    page.wait_for_selector(".jp-Notebook .jp-CodeCell")
    page.get_by_text("Python 3 (ipykernel) | Idle").wait_for()
    page.locator(".jp-Notebook .jp-CodeCell").first.click()
    page.keyboard.press("Shift+Enter")
    return seen, page


def run_cell(page, number):
    """Run a cell of the open notebook, counted from 0."""
    page.locator(".jp-Notebook .jp-CodeCell").nth(number).locator(".cm-content").click()
    page.keyboard.press("Shift+Enter")


def ask(page, said):
    """Run the second cell until it prints what is to be seen.

    ipywidgets sends a change only when the kernel has answered the one before, so a cell that is
    run at once may come before the last change. It only prints: asking again changes nothing.
    """
    for _ in range(10):
        run_cell(page, 1)
        with contextlib.suppress(NotSeen):
            page.get_by_text(said).wait_for(timeout=10_000)
            return
    pytest.fail(f"the kernel never said: {said}")


def test_the_widget_and_the_python_object_share_their_state(visit, lab):
    seen, page = open_notebook(visit, lab("card"))
    card = page.locator(".jp-OutputArea .tp-scorecard")
    card.wait_for()
    assert card.locator(".tp-row").count() == 21
    card.locator(".tp-row").first.locator(".tp-grade[data-grade='5']").click()
    ask(page, "grade is 5 weakest friends_recommendation")
    run_cell(page, 2)
    page.locator(
        ".jp-OutputArea .vega-embed svg, .jp-OutputArea .vega-embed canvas"
    ).first.wait_for()
    own = re.match(r"http://[^/]+", page.url).group()
    assert [u for u in seen.requests if u.startswith("http") and not u.startswith(own)] == []


def test_the_lens_shares_its_state_and_looks_at_a_linked_scorecard(visit, lab):
    _, page = open_notebook(visit, lab("lens"))
    lens = page.locator(".jp-OutputArea .tp-channel-lens")
    lens.wait_for()
    lens.get_by_role("radio", name="Customer’s view").check()
    lens.get_by_role("combobox", name="Grouped by").select_option("medium")
    lens.get_by_role("combobox", name="Staff").select_option("true")
    ask(page, "seen: customer medium {'staff_involved': 'true'} False 14")
    run_cell(page, 2)
    lens.get_by_text("Hidden by medium: 1 touchpoint behind a better mean").wait_for()
    assert lens.locator(".tp-lens-mark:has(.tp-lens-ring)").count() == 1


def test_the_explorer_shares_its_state(visit, lab):
    seen, page = open_notebook(visit, lab("explorer"))
    explorer = page.locator(".jp-OutputArea .tp-explorer")
    explorer.wait_for()
    explorer.get_by_role("combobox", name="Touchpoint").select_option("live_chat")
    explorer.get_by_role("combobox", name="Age group").select_option("60+")
    ask(page, "seen: {'touchpoint': 'live_chat', 'age_group': '60+'}")
    run_cell(page, 2)
    explorer.get_by_text("Own counts: among the graded contacts 65.0 %").wait_for()
    assert explorer.locator(".tp-data tbody tr").count() == 2
    with page.expect_download() as waiting:
        explorer.get_by_role("button", name="Export PNG").click()
    assert waiting.value.path().read_bytes().startswith(b"\x89PNG")
    own = re.match(r"http://[^/]+", page.url).group()
    assert [u for u in seen.requests if u.startswith("http") and not u.startswith(own)] == []


def test_the_simulator_shares_its_state(visit, lab):
    _, page = open_notebook(visit, lab("simulator"))
    simulator = page.locator(".jp-OutputArea .tp-simulator")
    simulator.wait_for()
    name = "Scenario A: Chance of a good contact, Full contact"
    simulator.get_by_role("slider", name=name).fill("61")
    shown = simulator.locator(".tp-summary").text_content()
    share = re.search(r"Scenario A: ([\d.]+) %", shown).group(1)
    ask(page, f"seen: [95, 95, 61, 95] In this teaching model, {share} %")
    run_cell(page, 2)
    simulator.get_by_text("Scenario B: 32.2 % in credit").wait_for()


def test_the_study_planner_shares_its_state(visit, lab):
    _, page = open_notebook(visit, lab("study"))
    study = page.locator(".jp-OutputArea .tp-study")
    study.wait_for()
    study.get_by_role("slider", name="Answers: Response rate").fill("45")
    study.get_by_label("Customers you would ask").fill("2500")
    needed = (1751, 11135)
    study.get_by_text(f"Ask {needed[1]:,} customers").wait_for()
    ask(page, f"seen: 2500 {needed}")
    run_cell(page, 2)
    study.get_by_text("✓ This plan finds both lifts").wait_for()


def test_the_five_shifts_share_their_state(visit, lab):
    _, page = open_notebook(visit, lab("shifts"))
    check = page.locator(".jp-OutputArea .tp-shifts")
    check.wait_for()
    dialogue = check.get_by_role("group", name="3. From sending to dialogue")
    company = dialogue.get_by_role("group", name="My company")
    company.get_by_role("radio", name="2", exact=True).check(force=True)
    dialogue.get_by_role("textbox").fill("A reply that no one could answer")
    check.get_by_role("textbox", name="Your name or role").fill("shop")
    ask(page, "seen: 2 A reply that no one could answer shop")
    run_cell(page, 2)
    check.get_by_text("two members stand 2.67 apart").wait_for()
    assert check.locator(".tp-team-dots circle").count() == 3


def test_the_small_things_check_hands_over_to_a_linked_scorecard(visit, lab):
    _, page = open_notebook(visit, lab("small"))
    check = page.locator(".jp-OutputArea .tp-small-things")
    check.wait_for()
    question = check.get_by_role("group", name="Is what was promised kept?")
    question.get_by_role("radio", name="no", exact=True).check()
    check.get_by_label("Hand to my scorecard").check()
    check.get_by_label("My grade").select_option("4")
    ask(page, "seen: no ('think_ahead',) 1")
    run_cell(page, 2)
    card = page.locator(".jp-OutputArea .tp-scorecard")
    card.get_by_text("Small things: 1 of 10 missing. Missing: Reliable.").wait_for()
    card.get_by_role("button", name="Grade Sales advice 4").click()
    checked = card.locator(".tp-row[data-key=sales_advice] input[type=radio]:checked")
    assert checked.get_attribute("value") == "4"


def test_the_planner_shares_its_state_and_follows_a_linked_scorecard(visit, lab):
    _, page = open_notebook(visit, lab("planner"))
    planner = page.locator(".jp-OutputArea .tp-balance-planner")
    planner.wait_for()
    planner.get_by_role("slider", name="Move online: Sales advice").fill("50")
    ask(page, "seen: 383.0")
    run_cell(page, 2)
    planner.locator(".tp-name", has_text="SALES ADVICE").wait_for()


def test_the_report_follows_the_linked_widgets_and_saves_its_file(visit, lab):
    _, page = open_notebook(visit, lab("report"))
    report = page.locator(".jp-OutputArea .tp-report")
    report.wait_for()
    assert report.locator("a").count() == 0
    report.get_by_label("Author").fill("A. Writer")
    report.get_by_label("Author").press("Enter")
    report.get_by_role("checkbox", name="Scorecard").uncheck()
    ask(page, "seen: A. Writer ['scorecard']")
    run_cell(page, 2)
    report.get_by_text("After the moves: Personal contact takes 0.0 hours").wait_for()
    report.get_by_role("checkbox", name="Scorecard").check()
    report.get_by_text("Weakest link: Live chat, grade 6.").first.wait_for()
    with page.expect_download() as waiting:
        report.get_by_role("button", name="Save as one HTML file").click()
    text = waiting.value.path().read_text("utf-8")
    assert "<script" not in text
    assert "A. Writer" in text


def test_the_quiz_is_judged_by_python_too_and_progress_takes_records(visit, lab):
    _, page = open_notebook(visit, lab("quiz"))
    quiz = page.locator(".jp-OutputArea .tp-quiz")
    quiz.wait_for()
    quiz.get_by_label("Any place").check()
    quiz.get_by_role("button", name="Check question 1").click()
    quiz.get_by_text("✓ Right.").wait_for()
    ask(page, "seen: {'which-word': 0} {'which-word': 1} ['which-word'] True")
    run_cell(page, 2)
    quiz.get_by_text("That is the sum.").wait_for()
    assert quiz.get_by_role("textbox").input_value() == "8,7"
    assert quiz.locator("input[type=radio]:checked").count() == 0
    progress = page.locator(".jp-OutputArea .tp-progress")
    progress.get_by_text("1 of 5 questions solved, 2 of 3 exercises done").wait_for()
    assert "A notebook can’t see" in progress.text_content()
