"""Notice that a page is stale because something it shows changed, not the page itself.

Jupyter Book keeps executed notebooks in a cache whose key is the notebook alone, so a page would
go on showing what an older package computed. The fingerprint of everything that can change an
output (package, datasets, questions, stored studies) becomes part of the cache's folder, and pages
with code are read again when it differs.
"""

from __future__ import annotations

import hashlib
import shutil
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from touchpoints.data import datasets_folder
from touchpoints.questions import list_quizzes, questions_folder

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

_PACKAGE: Final = Path(__file__).resolve().parents[1]
_DIGITS: Final = 16

#: Parts of the package that no notebook's output depends on.
_OUTSIDE: Final = ("site", "cli")


def _hash(files: Iterable[Path], root: Path) -> str:
    digest = hashlib.sha256(sys.version.encode())
    for path in sorted(files):
        digest.update(path.relative_to(root).as_posix().encode() + b"\0")
        digest.update(path.read_bytes() + b"\0")
    return digest.hexdigest()[:_DIGITS]


def _files(folder: Path) -> list[Path]:
    return [p for p in folder.rglob("*") if p.is_file() and "__pycache__" not in p.parts]


def of_outputs(
    package: Path = _PACKAGE, datasets: Path | None = None, questions: Path | None = None
) -> str:
    """Hash what an executed cell may depend on: package, datasets, questions, stored studies.

    Args:
        package: Folder of the package.
        datasets: Folder of the datasets; by default the one in use.
        questions: Folder of the question files; by default the one in use.

    Returns:
        16 hexadecimal digits.
    """
    datasets, questions = datasets or datasets_folder(), questions or questions_folder()
    code = [p for p in _files(package) if p.relative_to(package).parts[0] not in _OUTSIDE]
    book = questions_folder().parent
    parts = [
        _hash(code, package),
        _hash(_files(datasets), datasets),
        _hash(_files(questions), questions),
        _hash(book.glob("research/*.json"), book),
        repr(list_quizzes()),  # order and titles of the chapters
    ]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:_DIGITS]


def of_site(package: Path = _PACKAGE) -> str:
    """Hash this extension, whose change alters how every page is written."""
    return _hash(_files(package / "site"), package)


def number(fingerprint: str) -> int:
    """Turn a fingerprint into the whole number that Sphinx wants as a version.

    Example:
        >>> number("00000000000000ff")
        255
    """
    return int(fingerprint, 16)


def _use_own_cache(app: Sphinx) -> None:
    """Put the execution cache of this fingerprint in a folder of its own; drop older ones.

    The folder is set on the parsed configuration, not as a Sphinx option: a changed option would
    make every page anew, also those without code.
    """
    root = Path(app.outdir).parent / ".execution"
    own = root / of_outputs()
    for folder in root.glob("*"):
        if folder != own:
            shutil.rmtree(folder, ignore_errors=True)
    config = app.env.mystnb_config  # type: ignore[attr-defined]
    app.env.mystnb_config = config.copy(execution_cache_path=str(own))  # type: ignore[attr-defined]


def _stale_pages(_app: Sphinx, env: BuildEnvironment, *_: object) -> list[str]:
    """Name the pages with code when the fingerprint differs from the one they were read under."""
    now = of_outputs()
    before, env.touchpoints_fingerprint = (  # type: ignore[attr-defined]
        getattr(env, "touchpoints_fingerprint", now),
        now,
    )
    if before == now:
        return []
    return [doc for doc in env.found_docs if "kernelspec" in env.metadata.get(doc, {})]


def connect(app: Sphinx) -> None:
    """Connect to Sphinx; the cache is set after myst-nb made its configuration."""
    app.connect("builder-inited", _use_own_cache, priority=900)
    app.connect("env-get-outdated", _stale_pages)
