"""Write decks as HTML: they work from a server and from a disk, without the internet."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from touchpoints.core.errors import InputError, echo, listing, nearest
from touchpoints.course.lessons import load_lesson
from touchpoints.course.slides.source import SourceSlide, read_source
from touchpoints.course.sources import teaching_folder
from touchpoints.questions import QuizPlace, list_quizzes, load_quiz
from touchpoints.writing import write_whole

if TYPE_CHECKING:
    from touchpoints.course.slides.deck import Deck

_HERE: Final = Path(__file__).resolve().parent
_ASSETS: Final = "_assets"
_IMAGES: Final = "_images"
_ICON: Final = "_static/favicon.svg"
#: Marks a folder that holds slides made here, so that nothing else is written over.
_MARK: Final = ".touchpoints-slides"
#: Where a lecturer's own sources lie in the folder of the slides; they come before the kit's.
OWN_SOURCES: Final = "sources"
_REVEAL: Final = ("dist/reveal.js", "dist/reveal.css", "LICENSE")
#: Scripts of the book's pages that slides have no use for.
_BOOK_ALONE: Final = ("book.css", "menus.js", "glossary.js", "quiz.js", "quiz.css")
LANGUAGES: Final = ("en", "de")


def list_decks() -> list[QuizPlace]:
    """List the chapters that have slides, in the order of the book.

    Returns:
        Name, title and page of each.
    """
    names = {path.stem for path in (teaching_folder() / "slides").glob("*.md")}
    return [place for place in list_quizzes() if place.name in names]


def write_slides(
    chapters: Iterable[str], folder: Path, *, book: Path, lang: str = "en", title: str = ""
) -> list[Path]:
    """Write one deck a chapter, and an overview `index.html`.

    Args:
        chapters: Names of chapters, as "fans-and-grades"; see `list_decks`.
        folder: Where to write. In its folder `sources` a Markdown file of a chapter's name takes
            the place of the kit's source for that deck.
        book: Folder of the built book, from which charts and tools are taken.
        lang: Language of tools and questions, "en" or "de"; the texts are English.
        title: Title of the course, or nothing.

    Returns:
        The files of the decks, in the order of `chapters`.

    Raises:
        InputError: If there is no such chapter, a source is faulty, or the folder holds something
            else.
    """
    if lang not in LANGUAGES:
        raise InputError(f"language {echo(lang)}", listing(LANGUAGES), "choose one of these")
    places = [_place(name) for name in chapters]
    _refuse_foreign(folder, (place.name for place in places))
    (folder / _MARK).touch()
    decks = [_deck(place, folder, book, lang, title) for place in places]
    jinja = Environment(
        loader=FileSystemLoader(_HERE), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    _copy_own(folder)
    _copy(book / _ICON, folder / _ASSETS / posixpath.basename(_ICON))
    for deck in decks:
        _write_deck(deck, folder, book, jinja, title)
    index = jinja.get_template("index.html").render(decks=decks, course=title)
    _write(folder / "index.html", index)
    return [folder / f"{deck.name}.html" for deck in decks]


def _place(name: str) -> QuizPlace:
    known = {place.name: place for place in list_decks()}
    if name not in known:
        raise InputError(
            f"chapter {echo(name)}",
            listing(known),
            f"choose one of these{nearest(name, known)}",
        )
    return known[name]


def _refuse_foreign(folder: Path, names: Iterable[str]) -> None:
    """Refuse to write over what was not made here."""
    if folder.exists() and not folder.is_dir():
        raise InputError(f"{folder}, a file", "a folder", "name another one")
    folder.mkdir(parents=True, exist_ok=True)
    ours = ("index.html", _ASSETS, _IMAGES, *(f"{name}.html" for name in names))
    there = [name for name in ours if (folder / name).exists()]
    if there and not (folder / _MARK).exists():
        raise InputError(
            f"{folder} with other files in it ({echo(there[0])})",
            "an empty or new folder, or one of slides",
            "name another one",
        )


def _deck(place: QuizPlace, folder: Path, book: Path, lang: str, title: str) -> Deck:
    try:
        from touchpoints.course.slides.chapter import Chapter  # noqa: PLC0415  (needs an extra)
        from touchpoints.course.slides.deck import Material, make_deck  # noqa: PLC0415  (as above)
    except ImportError:
        raise _missing("beautifulsoup4, which reads the built book") from None
    material = Material(
        chapter=Chapter(book, place.page),
        book=book,
        lesson=load_lesson(teaching_folder() / "lessons" / f"{place.name}.yml"),
        quiz=load_quiz(place.name),
        lang=lang,
    )
    return make_deck(_source(place.name, folder), material, course=title)


def _source(name: str, folder: Path) -> list[SourceSlide]:
    own = folder / OWN_SOURCES / f"{name}.md"
    path = own if own.is_file() else teaching_folder() / "slides" / f"{name}.md"
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: {error}", "a text in UTF-8", "save it as UTF-8") from None
    return read_source(text, path.name)


def _write_deck(deck: Deck, folder: Path, book: Path, jinja: Environment, title: str) -> None:
    used = [(chapter.styles, chapter.scripts) for chapter in deck.chapters]
    styles = _once(s for own, _ in used for s in own)
    scripts = _once(s for _, own in used for s in own)
    for address in styles:
        _copy(book / address, folder / _ASSETS / posixpath.basename(address))
    for address in scripts:
        script = (book / address).read_text(encoding="utf-8")
        _write(folder / _ASSETS / posixpath.basename(address), without_sections(script))
    for chapter in deck.chapters:
        for address in sorted(chapter.images):
            _copy(book / address, folder / _IMAGES / posixpath.basename(address))
    page = jinja.get_template("deck.html").render(
        deck=deck,
        course=title,
        styles=[f"{_ASSETS}/reveal/reveal.css", *_in_assets(styles), f"{_ASSETS}/deck.css"],
        # Slides get their sizes before charts and tools are drawn in them.
        scripts=[
            f"{_ASSETS}/reveal/reveal.js",
            f"{_ASSETS}/deck.js",
            f"{_ASSETS}/speaker.js",
            *_in_assets(scripts),
        ],
    )
    _write(folder / f"{deck.name}.html", page)


def without_sections(script: str) -> str:
    """Let a tool use another element of the same role instead of sections.

    reveal.js takes every `section` within a slide for a slide below it: it counts it, hides it
    from screen readers, and moves it to a page of its own in print.

    Args:
        script: A script of the book.

    Example:
        >>> without_sections('h("section", { class: "tp-widget" })')
        'h("div", { role: "region", class: "tp-widget" })'
    """
    return script.replace('h("section", {', 'h("div", { role: "region",')


def _once(addresses: Iterable[str]) -> list[str]:
    """Drop repetitions, and what only the book needs."""
    return [a for a in dict.fromkeys(addresses) if posixpath.basename(a) not in _BOOK_ALONE]


def _in_assets(addresses: Sequence[str]) -> list[str]:
    return [f"{_ASSETS}/{posixpath.basename(address)}" for address in addresses]


def _copy_own(folder: Path) -> None:
    """Copy style and scripts of the decks, and reveal.js from the package that brings it."""
    for name in ("deck.css", "deck.js", "speaker.js"):
        _copy(_HERE / name, folder / _ASSETS / name)
    spec = find_spec("sphinx_revealjs")
    if spec is None or spec.origin is None:
        raise _missing("sphinx-revealjs, which brings reveal.js")
    reveal = Path(spec.origin).parent / "_static" / "revealjs"
    for name in _REVEAL:
        _copy(reveal / name, folder / _ASSETS / "reveal" / posixpath.basename(name))


def _missing(package: str) -> InputError:
    return InputError(
        f"no {package}", "an environment with it", 'run: pip install "touchpoint-kit[course]"'
    )


def _copy(source: Path, target: Path) -> None:
    _write(target, source.read_bytes())


def _write(path: Path, content: str | bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, content, overwrite=True)
