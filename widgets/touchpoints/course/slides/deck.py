"""Put a deck together: which slides a chapter has, and what stands on each."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import Path
from typing import Final

from markupsafe import Markup

from touchpoints.core.errors import InputError, echo, listing, nearest
from touchpoints.core.quiz import MultipleQuestion, QuestionSheet, SingleQuestion
from touchpoints.course.lessons import Lesson, Step
from touchpoints.course.slides.chapter import Chapter
from touchpoints.course.slides.pieces import bullets, paragraph, source_line, task_lines
from touchpoints.course.slides.source import Part, SourceSlide

_WORK: Final = {
    "alone": "each for yourself",
    "pairs": "in pairs",
    "groups": "in groups",
    "whole": "all together",
}
#: Misconceptions that get a slide; the others stay in the lesson plan.
_MISCONCEPTIONS: Final = 2
#: Letters that a slide holds at a size of text.
_SIZES: Final = ((460, "normal"), (800, "small"))
#: Parts that have sizes of their own.
_LIVE: Final = re.compile(r"tp-slide-tool|<figure")
_SOURCES_A_SLIDE: Final = 9


@dataclass
class Slide:
    """One slide.

    Attributes:
        kind: What it is, as a class of its style; see also `size`.
        title: Its heading.
        body: What stands below, in its order.
        label: A word above the heading, or nothing.
        notes: What only the lecturer sees.
        until: The minute of the lesson at which it should be over, or nothing.
    """

    kind: str
    title: str
    body: list[Markup] = field(default_factory=list)
    label: str = ""
    notes: list[Markup] = field(default_factory=list)
    until: int | None = None

    @property
    def size(self) -> str:
        """Say how large its letters can be: the more text, the smaller."""
        letters = sum(len(part.striptags()) for part in self.body if not _LIVE.search(part))
        return next((size for most, size in _SIZES if letters <= most), "smallest")


@dataclass(frozen=True)
class Material:
    """What a deck is made of.

    Attributes:
        chapter: The built chapter.
        book: Folder of the built book.
        lesson: The lesson plan.
        quiz: The chapter's questions.
        lang: Language of tools and questions.
    """

    chapter: Chapter
    book: Path
    lesson: Lesson
    quiz: QuestionSheet
    lang: str


@dataclass
class Deck:
    """The slides of a chapter, and what they load.

    Attributes:
        name: Its file name without ending, which is that of the chapter.
        title: The chapter's title.
        slides: The slides.
        chapters: The pages of the book that parts were taken from.
        minutes: Length of the lesson.
    """

    name: str
    title: str
    slides: list[Slide]
    chapters: list[Chapter]
    minutes: int


def make_deck(source: list[SourceSlide], material: Material, *, course: str) -> Deck:
    """Put a deck together.

    Args:
        source: The slides of the middle, as their source describes them.
        material: Chapter, lesson plan and questions.
        course: Title of the course.

    Raises:
        InputError: If the source names something that chapter, lesson plan or quiz doesn't have.
    """
    return _Maker(material).make(source, course)


class _Maker:
    """Makes the slides of one deck; knows which steps and questions it has used."""

    def __init__(self, material: Material) -> None:
        self._m = material
        self._pages = [material.chapter]
        self._placed: set[str] = set()
        self._asked: set[str] = set()

    def make(self, source: list[SourceSlide], course: str) -> Deck:
        chapter, lesson = self._m.chapter, self._m.lesson
        middle = [self._from_source(slide) for slide in source]
        numbers = [str(n) for n in range(1, len(lesson.steps) + 1)]
        middle += [self._begin_step(n) for n in numbers if n not in self._placed]
        return Deck(
            name=posixpath.basename(chapter.page),
            title=chapter.title,
            slides=[*self._beginning(course), *middle, *self._end()],
            chapters=self._pages,
            minutes=lesson.minutes,
        )

    def _beginning(self, course: str) -> list[Slide]:
        chapter, lesson = self._m.chapter, self._m.lesson
        first = Slide("title", chapter.title, [paragraph("", course)], notes=[_plan(lesson)])
        opening = Slide(
            "opening",
            "To begin with",
            [paragraph("tp-slide-ask", lesson.opening.question)],
            label=_badge(lesson.opening.minutes, "whole"),
            notes=[Markup("<p>Expect: {}</p>").format(lesson.opening.expect)],
            until=lesson.opening.minutes,
        )
        return [
            first,
            opening,
            Slide("goals", "Goals", [chapter.section("goals")]),
            Slide("question", "The question", [chapter.section("the-question")]),
        ]

    def _end(self) -> list[Slide]:
        chapter, lesson, quiz = self._m.chapter, self._m.lesson, self._m.quiz
        slides = []
        for mistaken in lesson.misconceptions[:_MISCONCEPTIONS]:
            body = [
                paragraph("tp-slide-belief", f"“{mistaken.belief}”"),
                paragraph("tp-slide-answer fragment", mistaken.answer),
            ]
            slides.append(Slide("belief", "Is that so?", body))
        if not self._asked:
            easy = next(q for q in quiz.questions if isinstance(q, SingleQuestion))
            slides.append(Slide("quiz", "A question", [self._question(easy.id)]))
        slides.append(Slide("take-away", "Take-away", [chapter.section("take-away")]))
        slides.append(Slide("homework", "Until next time", [paragraph("", lesson.homework)]))
        return slides + self._sources()

    def _sources(self) -> list[Slide]:
        cited = [source_line(text) for text in self._m.chapter.sources]
        pages = [cited[i : i + _SOURCES_A_SLIDE] for i in range(0, len(cited), _SOURCES_A_SLIDE)]
        return [
            Slide("sources", "Sources" if n == 0 else f"Sources ({n + 1})", [bullets(page)])
            for n, page in enumerate(pages)
        ]

    def _from_source(self, source: SourceSlide) -> Slide:
        slide = self._begin_step(source.step) if source.step else Slide("text", source.title)
        slide.notes += source.notes
        if source.idea:
            slide.kind = "idea"
            article = self._m.chapter.article_source
            slide.label = f"{source.idea} · claimed by: {article}" if article else source.idea
        for part in source.parts:
            if isinstance(part, Part):
                self._add(slide, part)
            else:
                slide.body.append(part)
        return slide

    def _begin_step(self, name: str) -> Slide:
        """Make the slide that opens a step of the lesson plan."""
        steps = self._m.lesson.steps
        known = [str(n) for n in range(1, len(steps) + 1)]
        if name not in known:
            raise InputError(
                f"step {echo(name)} of {self._m.chapter.page}",
                listing(known),
                "choose one of these",
            )
        step = steps[int(name) - 1]
        until = _ends(self._m.lesson)[int(name) - 1]
        self._placed.add(name)
        slide = Slide(
            "step",
            step.title,
            label=_badge(step.minutes, step.work),
            notes=[_do(step, until)],
            until=until,
        )
        if step.task:
            slide.body.append(task_lines(step.task))
        if step.board:
            slide.body.append(paragraph("tp-slide-board fragment", step.board))
        if step.tool:
            self._add(slide, Part("tool", posixpath.basename(step.tool)))
        return slide

    def _add(self, slide: Slide, part: Part) -> None:
        chapter = self._m.chapter
        if part.kind == "show":
            slide.kind = "chart"
            if question := chapter.question_before(part.name):
                slide.body.append(paragraph("tp-slide-ask", question))
            slide.body.append(chapter.show(part.name))
            if reading := chapter.reading(part.name):
                slide.notes.append(Markup("<p>Reading:</p>") + reading)
        elif part.kind == "tool":
            slide.kind = "tool"
            slide.body.append(self._tool(part.name))
        else:
            slide.kind = "quiz"
            slide.body.append(self._question(part.name))

    def _tool(self, name: str) -> Markup:
        """Take a tool from the chapter, as it was set there, else from its own page."""
        own = Chapter(self._m.book, f"book/toolbox/{name}")
        module = own.tools()[0]
        inside = self._m.chapter.tool(module, self._m.lang)
        if not inside:
            self._pages.append(own)
        return Markup(
            '<div class="tp-slide-tool" role="region" aria-label="{}" tabindex="0" '
            "data-prevent-swipe>{}</div>"
        ).format(own.title, inside or own.tool(module, self._m.lang))

    def _question(self, name: str) -> Markup:
        quiz, lang = self._m.quiz, self._m.lang
        known = [q.id for q in quiz.questions]
        found = quiz.question(name)
        if not isinstance(found, SingleQuestion | MultipleQuestion):
            raise InputError(
                f"question {echo(name)} of {self._m.chapter.page}",
                f"a question with options: {listing(known)}",
                f"choose one of these{nearest(name, known)}",
            )
        self._asked.add(name)
        options = Markup("").join(
            Markup("<li>{}</li>").format(option.text.of(lang)) for option in found.options
        )
        right = Markup("").join(
            Markup("<p><strong>{}</strong> {}</p>").format(o.text.of(lang), o.comment.of(lang))
            for o in found.options
            if o.correct
        )
        return Markup(
            '<div lang="{}"><p class="tp-slide-ask">{}</p>'
            '<ol class="tp-slide-options" type="A">{}</ol>'
            '<div class="tp-slide-answer fragment">{}</div></div>'
        ).format(lang, found.ask.of(lang), options, right)


def _badge(minutes: int, work: str) -> str:
    return f"{minutes} min · {_WORK.get(work, work)}"


def _ends(lesson: Lesson) -> list[int]:
    """Return the minute of the lesson at which each step ends."""
    minutes = (lesson.opening.minutes, *(step.minutes for step in lesson.steps))
    return list(accumulate(minutes))[1:]


def _do(step: Step, until: int) -> Markup:
    return Markup("<p><strong>{} ({} min, until minute {})</strong></p><p>{}</p>").format(
        step.title, step.minutes, until, step.do
    )


def _plan(lesson: Lesson) -> Markup:
    """Write the plan of the lesson for the notes of the first slide."""
    rows = [Markup("Opening: {} min").format(lesson.opening.minutes)]
    rows += [
        Markup("{}: {} min (until {})").format(step.title, step.minutes, until)
        for step, until in zip(lesson.steps, _ends(lesson), strict=True)
    ]
    return Markup("<p>The lesson:</p>") + bullets(rows)
