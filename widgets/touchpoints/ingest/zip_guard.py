"""Look at a workbook's archive before anything in it is parsed."""

from __future__ import annotations

import io
import zipfile
import zlib
from dataclasses import dataclass
from typing import Final

from touchpoints.core.errors import InputError, echo

#: What the parts of a workbook may come to when they are unpacked.
MOST_UNPACKED: Final = 400_000_000
_MOST_PARTS: Final = 2_000
_CHUNK: Final = 1 << 20
_SAVE: Final = "open it in a spreadsheet and save it as .xlsx or CSV UTF-8"
#: A workbook has no document type; who writes one wants entities to be expanded.
_DECLARATIONS: Final = tuple(
    word.encode(encoding)
    for word in ("<!DOCTYPE", "<!ENTITY")
    for encoding in ("ascii", "utf-16-le", "utf-16-be")
)


@dataclass(frozen=True)
class Archive:
    """What was seen on the way through the archive.

    Attributes:
        formulas: Whether a sheet has cells that are computed.
        merged: Whether a sheet has merged cells.
    """

    formulas: bool
    merged: bool


def look_into(name: str, data: bytes) -> Archive:
    """Unpack a workbook once, counting, and keep nothing of it.

    Args:
        name: Name of the file, for messages.
        data: Its bytes.

    Returns:
        What its sheets have.

    Raises:
        InputError: If it is no workbook, is damaged or encrypted, declares or comes to more than
            400 MB, or declares entities.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            declared = sum(part.file_size for part in parts)
            if len(parts) > _MOST_PARTS or declared > MOST_UNPACKED:
                raise _bomb(name, declared, len(parts))
            if "xl/workbook.xml" not in archive.namelist():
                raise InputError(
                    f"{echo(name)}, an archive that is no Excel workbook",
                    "a workbook saved as .xlsx",
                    _SAVE,
                )
            return _unpacked(name, archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError) as error:
        if isinstance(error, InputError):
            raise
        raise InputError(
            f"{echo(name)}, whose archive is damaged or cut short", "a whole workbook", _SAVE
        ) from None
    except (RuntimeError, NotImplementedError):  # parts that are encrypted or packed otherwise
        raise InputError(
            f"{echo(name)}, packed in a way that Excel doesn't", "a workbook from Excel", _SAVE
        ) from None


def _unpacked(name: str, archive: zipfile.ZipFile) -> Archive:
    total, formulas, merged = 0, False, False
    for part in archive.infolist():
        sheet = part.filename.startswith("xl/worksheets/")
        with archive.open(part) as stream:
            before = b""
            while chunk := stream.read(_CHUNK):
                total += len(chunk)
                if total > MOST_UNPACKED:
                    raise _bomb(name, total, len(archive.infolist()))
                window = before + chunk
                if any(word in window for word in _DECLARATIONS):
                    raise InputError(
                        f"entities declared in {echo(name)}", "a workbook without any", _SAVE
                    )
                if sheet:
                    formulas |= b"<f>" in window or b"<f " in window or b"<f/>" in window
                    merged |= b"<mergeCell " in window
                before = chunk[-40:]
    return Archive(formulas, merged)


def _bomb(name: str, size: int, parts: int) -> InputError:
    return InputError(
        f"{echo(name)}, which unpacks to {size / 1e6:,.0f} MB in {parts:,} parts",
        f"{MOST_UNPACKED / 1e6:.0f} MB in {_MOST_PARTS:,} parts at most",
        "don't open it if you don't know where it comes from; else save the answers as CSV UTF-8",
    )
