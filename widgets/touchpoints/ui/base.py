"""What all widgets share: how their front end is put together, their language, their fallback."""

from __future__ import annotations

import json
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any, ClassVar, Final

import anywidget
import traitlets as t

_HERE: Final = Path(__file__).resolve().parent

_GERMAN_MARKS: Final = str.maketrans(",.", ".,")

#: The languages of all widget texts, the first being the default.
LANGUAGES: Final = ("en", "de")


@lru_cache
def texts(lang: str) -> dict[str, dict[str, str]]:
    """Return all widget texts of a language, by section and key.

    Args:
        lang: "en" or "de".
    """
    path = _HERE / "texts" / f"{lang}.json"
    content: dict[str, dict[str, str]] = json.loads(path.read_text(encoding="utf-8"))
    return content


def written(value: float, lang: str, digits: int = 1, *, signed: bool = False) -> str:
    """Write a number as the tools do in the page.

    Args:
        value: The number; halves are rounded away from zero.
        lang: "en" or "de".
        digits: Its decimals.
        signed: Whether a number above zero has a plus. Zero has no sign.

    Example:
        >>> written(-1234.55, "de"), written(0.04, "en", signed=True), written(2.5, "en", 0)
        ('−1.234,6', '0.0', '3')
    """
    rounded = Decimal(str(value)).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
    sign = "−" if rounded < 0 else "+" if signed and rounded > 0 else ""
    text = f"{abs(rounded):,}"
    return sign + (text.translate(_GERMAN_MARKS) if lang == "de" else text)


def texts_script(*sections: str) -> str:
    """Write the texts of some sections as a JavaScript constant `TEXTS`, all languages."""
    chosen = {lang: {s: texts(lang)[s] for s in sections} for lang in LANGUAGES}
    return f"const TEXTS = {json.dumps(chosen, ensure_ascii=False)};\n"


def front_end(name: str, parts: tuple[str, ...], shows: tuple[str, ...] = ()) -> tuple[str, str]:
    """Put a widget's module and style sheet together.

    There is no bundler: a widget's module is one string, so the shared parts, which declare plain
    functions, are put in front of the widget's own file. The last statement is the only
    `export default`; nothing is imported. The book's build relies on both.

    Args:
        name: Name of the widget's files and of its section of texts.
        parts: Names of the files in `parts/` that it uses.
        shows: Names of other widgets whose results it shows with their texts and styles.

    Returns:
        The ES module and the CSS.
    """
    scripts = [_HERE / "parts" / f"{part}.js" for part in parts] + [_HERE / f"{name}.js"]
    sheets = [_HERE / f"{sheet}.css" for sheet in (*shows, name)]
    styles = [_HERE / "parts" / "base.css", *sheets]
    module, sheet = (
        "\n".join(p.read_text(encoding="utf-8") for p in paths) for paths in (scripts, styles)
    )
    return texts_script("common", "words", *shows, name) + module, sheet


class TouchpointWidget(anywidget.AnyWidget):
    """Base of all widgets.

    Attributes:
        lang: Language of the texts, "en" or "de".
    """

    _name: ClassVar[str] = ""
    _parts: ClassVar[tuple[str, ...]] = ()
    _shows: ClassVar[tuple[str, ...]] = ()

    lang = t.Enum(LANGUAGES, LANGUAGES[0]).tag(sync=True)
    #: A table of the initial state for readers without JavaScript: caption, columns, rows.
    _fallback = t.Dict().tag(sync=True)
    #: What the published page keeps in the reader's browser: a key and the names of traits.
    _kept = t.Dict().tag(sync=True)
    #: Names under which other widgets keep what this one may read on the published page.
    _reads = t.List(t.Unicode()).tag(sync=True)

    def __init_subclass__(cls, **kwargs: Any) -> None:  # noqa: ANN401
        # traitlets makes a further subclass for each instance: that one inherits.
        if "_name" in cls.__dict__:
            cls._esm, cls._css = front_end(cls._name, cls._parts, cls._shows)
        super().__init_subclass__(**kwargs)

    def kept_state(self) -> dict[str, Any]:
        """Return what a published page would keep of this widget, as other tools read it."""
        return {name: getattr(self, name) for name in self._kept["traits"]}
