"""Grade all submissions of an assignment, several at a time, and never stop for one of them."""

from __future__ import annotations

import hashlib
import importlib.metadata
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from queue import SimpleQueue
from typing import Final

from touchpoints.core.errors import InputError, echo
from touchpoints.course.assignment import Assignment
from touchpoints.course.grading.execution import Execution, Executor
from touchpoints.course.grading.feedback import feedback_name, feedback_page
from touchpoints.course.grading.gradebook import Line, csv_of, gradebook_table, xlsx_of
from touchpoints.course.grading.lms import lms_files
from touchpoints.course.grading.marker_process import MarkerError, MarkerProcess
from touchpoints.course.grading.results import QuestionMark, Result, marks_from_plain
from touchpoints.course.grading.state import State, state_key
from touchpoints.course.grading.submissions import Found, Submission
from touchpoints.writing import write_whole

_NOTHING: Final = "Every question was marked as unanswered."
_NOTES: Final = {
    "time": "The notebook did not come to an end in {seconds:g} seconds.",
    "itself": "The notebook ended its own process before its last cell.",
}


@dataclass(frozen=True)
class Course:
    """What a run grades against.

    Attributes:
        assignment: The assignment.
        key: The course's key file.
        jobs: How many submissions at one time.
    """

    assignment: Assignment
    key: Path
    jobs: int = 1


@dataclass(frozen=True)
class Step:
    """One submission is done.

    Attributes:
        submission: Which.
        result: What it got.
        known: Whether an earlier run had graded it.
    """

    submission: Submission
    result: Result
    known: bool


def grade_all(found: Found, course: Course, executor: Executor, out: Path) -> Generator[Step]:
    """Grade the submissions; results that are known are not computed again.

    Args:
        found: The submissions.
        course: What to grade against.
        executor: Executes the notebooks.
        out: Folder of the results; the state is kept there after each submission.

    Yields:
        One step a submission, as they get done.
    """
    state = State(out)
    fixed = _fixed(course, executor)
    todo: list[tuple[str, Submission]] = []
    for submission in found.submissions:
        key = state_key(*fixed, submission.person.id, submission.digest)
        if submission.cells is None:
            yield Step(submission, _unread(submission, course.assignment), known=False)
        elif (known := state.get(key)) is not None:
            yield Step(submission, known, known=True)
        else:
            todo.append((key, submission))
    with _workers(course, executor) as grade:
        work: dict[Future[Result], tuple[str, Submission]] = {
            grade(submission): (key, submission) for key, submission in todo
        }
        for done in as_completed(work):
            key, submission = work[done]
            result = done.result()
            if result.status != "failed":  # what was no fault of the student is tried again
                state.add(key, result)
            yield Step(submission, result, known=False)


@contextmanager
def _workers(
    course: Course, executor: Executor
) -> Iterator[Callable[[Submission], Future[Result]]]:
    """Offer threads with a marker each; on the way out everything that runs is ended."""
    markers = [MarkerProcess(course.assignment.name, course.key) for _ in range(course.jobs)]
    free: SimpleQueue[MarkerProcess] = SimpleQueue()
    for marker in markers:
        free.put(marker)

    def grade(submission: Submission) -> Result:
        marker = free.get()
        try:
            return _grade(submission, course.assignment, executor, marker)
        finally:
            free.put(marker)

    pool = ThreadPoolExecutor(course.jobs)
    try:
        yield lambda submission: pool.submit(grade, submission)
    finally:
        executor.stop()
        pool.shutdown(wait=True, cancel_futures=True)
        for marker in markers:
            marker.stop()


def _grade(
    submission: Submission, assignment: Assignment, executor: Executor, marker: MarkerProcess
) -> Result:
    """Execute and mark one submission."""
    student = submission.person.id
    names = [name for question in assignment.questions for name in question.answers]
    try:
        done = executor.execute(
            submission.cells or (),
            list(dict.fromkeys(names)),
            lambda folder: marker.prepare(student, folder),
        )
        plain = marker.mark(student, done.answers, done.refused)
    except MarkerError as fault:
        return Result("failed", note=str(fault)[:300])
    except OSError as error:
        return Result("failed", note=f"The notebook could not be started ({error.strerror}).")
    status = "graded" if done.ended == "finished" else done.ended
    return Result(status, marks_from_plain(plain), done.errors, _note(done, executor))


def _note(done: Execution, executor: Executor) -> str:
    said = (
        [_NOTES[done.ended].format(seconds=executor.limits.seconds)] if done.ended in _NOTES else []
    )
    if done.ended != "finished" and not done.answers:
        said.append(_NOTHING)
    if done.lines:
        said.append(f"It printed {done.lines:,} lines, which nobody reads.")
    return " ".join(said)


def _unread(submission: Submission, assignment: Assignment) -> Result:
    if submission.double:
        return Result("double", note=submission.problem)
    marks = tuple(
        QuestionMark(question.name, 0, question.points, answered=False, cases=())
        for question in assignment.questions
    )
    return Result("unreadable", marks, note=submission.problem)


def _fixed(course: Course, executor: Executor) -> tuple[str, ...]:
    """Return what decides on a result besides the student and the work."""
    tests = state_key(*(question.test for question in course.assignment.questions))
    key = hashlib.sha256(course.key.read_bytes()).hexdigest()
    limits = repr(sorted(asdict(executor.limits).items()))
    version = importlib.metadata.version("touchpoint-kit")
    return course.assignment.name, tests, key, limits, str(executor.image), version


def write_results(assignment: Assignment, found: Found, steps: list[Step], out: Path) -> None:
    """Write gradebooks, the files for learning platforms and the feedback.

    Args:
        assignment: What was graded.
        found: What was found.
        steps: All that was graded.
        out: The folder.
    """
    lines = [
        Line(step.submission.person, step.result, step.submission.platform, step.submission.source)
        for step in steps
    ]
    lines += [Line(person, Result("missing")) for person in found.missing]
    lines.sort(key=lambda line: line.person.id)
    table = gradebook_table(assignment, lines)
    unmatched = [["file", "why"], *(list(pair) for pair in found.unmatched)]
    files = {
        "gradebook.csv": csv_of(table, bom=True),
        "not-matched.csv": csv_of(unmatched, bom=True),
        "gradebook.xlsx": xlsx_of({"Gradebook": table, "Not matched": unmatched}),
        **lms_files(assignment, lines),
        **{
            f"feedback/{feedback_name(line.person.id)}": feedback_page(
                assignment, line.person.id, line.result
            ).encode("utf-8")
            for line in lines
            if line.result.status != "missing"
        },
    }
    for name, content in files.items():
        write_whole(out / name, content, overwrite=True)


def own_folder(out: Path) -> Path:
    """Make the folder of the results, and that of the feedback in it, if there are none.

    Names and marks are in it, so a new one is its owner's alone where the system has such rights.

    Raises:
        InputError: If it can't be made or is no folder.
    """
    try:
        out.mkdir(mode=0o700, parents=True, exist_ok=True)
        (out / "feedback").mkdir(exist_ok=True)
    except OSError as error:
        raise InputError(
            f"{echo(str(out))}, which can't be a folder ({error.strerror})",
            "a new folder, or that of an earlier run",
            "name another",
        ) from None
    return out
