"""Read a text file that somebody else wrote: small, in UTF-8, or one clear sentence."""

from __future__ import annotations

from pathlib import Path

from touchpoints.core.errors import InputError, echo


def read_text(path: Path, what: str, *, most_kb: int) -> str:
    """Read a text file in UTF-8, with or without its mark.

    Args:
        path: The file.
        what: What is wanted, for the message, as "a question file".
        most_kb: Largest size in kB; no more than that is read.

    Returns:
        Its text.

    Raises:
        InputError: If it can't be read, is larger, or is no text in UTF-8.
    """
    try:
        with path.open("rb") as file:
            content = file.read(most_kb * 1000 + 1)
    except OSError as error:
        raise InputError(
            f"{echo(str(path))}, which can't be read ({error.strerror})", what, "check the path"
        ) from None
    if len(content) > most_kb * 1000:
        raise InputError(
            f"{echo(path.name)} with more than {most_kb:,} kB",
            what,
            "keep what is needed, or split it into several files",
        )
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(
            f"{echo(path.name)}, byte {error.start + 1}: no UTF-8",
            "text in UTF-8",
            "save it as UTF-8",
        ) from None
    if "\0" in text:
        raise InputError(f"a byte 0 in {echo(path.name)}", "text in UTF-8", "save it as UTF-8")
    return text
