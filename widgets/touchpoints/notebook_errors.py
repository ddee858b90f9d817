"""Wrong input in a notebook: one sentence, and the way to it folded away.

IPython shows each call that led to an error, which buries the sentence that helps. Here the
sentence is the error message, and the calls follow folded (in plain text: how to ask for them).
"""

from __future__ import annotations

import html
import sys
import traceback
from types import TracebackType
from typing import Any, Final

from touchpoints.core.errors import InputError

_HINT: Final = "The sentence above says what to mend. Every step that led there: type %tb"
_FOLDED: Final = "Every step that led there (for whoever mends the code)"


def tell_in_one_sentence() -> None:
    """Have IPython tell an `InputError` in one sentence, where it is running.

    Nothing happens outside IPython, or where somebody has set a handler of their own. `%tb` still
    shows all.
    """
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    if shell is not None and not shell.custom_exceptions:
        shell.set_custom_exc((InputError,), _tell)


def _tell(
    shell: Any,  # noqa: ANN401  (IPython has no types here)
    kind: type[BaseException],
    error: BaseException,
    way: TracebackType | None,
    tb_offset: int | None = None,  # noqa: ARG001  (IPython names it)
) -> list[str]:
    """Show the sentence as the cell's error, then the folded way to it."""
    # Where %tb and %debug look.
    sys.last_type, sys.last_value, sys.last_traceback = kind, error, way
    sentence = f"{kind.__name__}: {error}"
    # An error message of its own, so that the cell counts as failed and "Run all" stops.
    shell._showtraceback(kind, error, [sentence])  # noqa: SLF001
    shell.display_pub.publish({"text/plain": _HINT, "text/html": _folded(kind, error, way)})
    return [sentence]


def _folded(kind: type[BaseException], error: BaseException, way: TracebackType | None) -> str:
    steps = "".join(traceback.format_exception(kind, error, way))
    return (
        f"<details><summary>{html.escape(_FOLDED)}</summary>"
        f"<pre>{html.escape(steps)}</pre></details>"
    )
