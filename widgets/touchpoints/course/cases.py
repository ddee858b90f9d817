"""Discussion guides for the case book, and the role play."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from touchpoints.core.errors import InputError
from touchpoints.core.quiz_fields import as_fields, as_list, as_whole, as_words, require_unlike
from touchpoints.course.fields import as_choice, as_page, as_prose, as_sentences
from touchpoints.course.source_files import load_named, load_source

#: Name of the role play among the guides.
ROLE_PLAY: Final = "role-play"
#: The two sides of the role play.
SIDES: Final = ("channel", "customer")
_MINUTES: Final = (10, 240)
_PART: Final = (1, 120)


@dataclass(frozen=True)
class GuidedCase:
    """How to discuss one case.

    Attributes:
        case: Label or heading of the case on its page.
        ask: What to ask, in order.
        turn: A fact or view that turns the discussion.
        trap: What goes wrong.
    """

    case: str
    ask: tuple[str, ...]
    turn: str
    trap: str


@dataclass(frozen=True)
class DiscussionGuide:
    """How to discuss a page of the case book.

    Attributes:
        page: Its address in the book, without ending.
        minutes: How long it takes.
        question: The question over all of it.
        cases: The cases, in order.
        close: How to end.
    """

    page: str
    minutes: int
    question: str
    cases: tuple[GuidedCase, ...]
    close: str

    @property
    def name(self) -> str:
        """Name of the guide, which is that of the page's file."""
        return self.page.rpartition("/")[2]


@dataclass(frozen=True)
class Role:
    """A role: who speaks for which side, with what in mind."""

    name: str
    side: str
    brief: str
    wants: str
    knows: str


@dataclass(frozen=True)
class Round:
    """A round of the role play."""

    minutes: int
    what: str


@dataclass(frozen=True)
class RolePlay:
    """The role play.

    Attributes:
        title: Its title.
        minutes: How long it takes: all rounds.
        situation: What everybody knows.
        roles: Who takes part; at least one a side.
        rounds: What happens, in order.
        debrief: Questions afterwards.
    """

    title: str
    minutes: int
    situation: str
    roles: tuple[Role, ...]
    rounds: tuple[Round, ...]
    debrief: tuple[str, ...]

    @property
    def name(self) -> str:
        """Its name among the guides."""
        return ROLE_PLAY


def load_guide(path: Path) -> DiscussionGuide:
    """Read and check a discussion guide; its file is called like its page.

    Args:
        path: The file.

    Returns:
        The guide.

    Raises:
        InputError: If anything is wrong; the message names file and field.
    """
    return load_named(path, "a discussion guide", read_guide, "page")


def read_guide(content: Any, source: str = "guide") -> DiscussionGuide:  # noqa: ANN401  (hostile)
    """Check a parsed discussion guide completely.

    Args:
        content: The file's content as plain data.
        source: Name of the file, for messages.

    Returns:
        The guide.

    Raises:
        InputError: If anything is wrong; the message names file and field.
    """
    fields = as_fields(content, source, ("page", "minutes", "question", "cases", "close"))
    cases = as_list(fields["cases"], f"{source}, cases", (1, 20))
    guide = DiscussionGuide(
        as_page(fields["page"], f"{source}, page"),
        as_whole(fields["minutes"], f"{source}, minutes", _MINUTES),
        as_prose(fields["question"], f"{source}, question"),
        tuple(_case(case, f"{source}, case {i}") for i, case in enumerate(cases, 1)),
        as_prose(fields["close"], f"{source}, close"),
    )
    require_unlike([case.case for case in guide.cases], source, "case")
    return guide


def _case(content: Any, place: str) -> GuidedCase:  # noqa: ANN401
    fields = as_fields(content, place, ("case", "ask", "turn", "trap"))
    return GuidedCase(
        as_words(fields["case"], f"{place}, case"),
        as_sentences(fields["ask"], f"{place}, ask", (1, 8)),
        as_prose(fields["turn"], f"{place}, turn"),
        as_prose(fields["trap"], f"{place}, trap"),
    )


def load_role_play(path: Path) -> RolePlay:
    """Read and check the role play.

    Args:
        path: The file.

    Returns:
        The role play.

    Raises:
        InputError: If anything is wrong; the message names file and field.
    """
    return load_source(path, "a role play", read_role_play)


def read_role_play(content: Any, source: str = "role play") -> RolePlay:  # noqa: ANN401  (hostile)
    """Check a parsed role play completely.

    Args:
        content: The file's content as plain data.
        source: Name of the file, for messages.

    Returns:
        The role play.

    Raises:
        InputError: If anything is wrong, a side has nobody, or the rounds' minutes don't add up;
            the message names file and field.
    """
    fields = as_fields(content, source, tuple(RolePlay.__dataclass_fields__))
    roles = as_list(fields["roles"], f"{source}, roles", (2, 12))
    rounds = as_list(fields["rounds"], f"{source}, rounds", (1, 12))
    play = RolePlay(
        as_words(fields["title"], f"{source}, title"),
        as_whole(fields["minutes"], f"{source}, minutes", _MINUTES),
        as_prose(fields["situation"], f"{source}, situation"),
        tuple(_role(role, f"{source}, role {i}") for i, role in enumerate(roles, 1)),
        tuple(_round(entry, f"{source}, round {i}") for i, entry in enumerate(rounds, 1)),
        as_sentences(fields["debrief"], f"{source}, debrief", (1, 10)),
    )
    require_unlike([role.name for role in play.roles], source, "role")
    for side in SIDES:
        if all(role.side != side for role in play.roles):
            raise InputError(f"{source}: no role of side {side}", "one or more a side", "add one")
    together = sum(entry.minutes for entry in play.rounds)
    if together != play.minutes:
        raise InputError(
            f"{source}: rounds of {together} minutes",
            f"the {play.minutes} of the role play",
            "correct the minutes of a round or of the whole",
        )
    return play


def _role(content: Any, place: str) -> Role:  # noqa: ANN401
    fields = as_fields(content, place, tuple(Role.__dataclass_fields__))
    words = {name: as_prose(fields[name], f"{place}, {name}") for name in fields if name != "side"}
    return Role(side=as_choice(fields["side"], f"{place}, side", SIDES), **words)


def _round(content: Any, place: str) -> Round:  # noqa: ANN401
    fields = as_fields(content, place, ("minutes", "what"))
    minutes = as_whole(fields["minutes"], f"{place}, minutes", _PART)
    return Round(minutes, as_prose(fields["what"], f"{place}, what"))
