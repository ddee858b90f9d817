"""Files that are broken or mean harm: what is in each, and what is said about it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pandas as pd

from own_surveys import answers, to_sav, to_xlsx

HEAD = "respondent_id,contact_till,grade_till\n"
ROWS = "1,yes,2\n2,no,\n"
GOOD = HEAD + ROWS


def _workbook(folder: Path, frame: pd.DataFrame | None = None) -> bytes:
    return to_xlsx(answers(3) if frame is None else frame, folder / "whole.xlsx").read_bytes()


def _changed(workbook: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """Write a workbook again with one part changed."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(name, change(old.read(name)) if name == part else old.read(name))
    return out.getvalue()


SHEET = "xl/worksheets/sheet1.xml"


def _bomb(_: Path) -> bytes:
    """500 MB of zeros in half a megabyte."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as new:
        new.writestr("xl/workbook.xml", "<workbook/>")
        with new.open(SHEET, "w") as part:
            for _ in range(500):
                part.write(bytes(1_000_000))
    return out.getvalue()


def _lying_bomb(folder: Path) -> bytes:
    """A workbook that declares a small size for a part that is larger."""
    data = bytearray(_changed(_workbook(folder), SHEET, lambda xml: xml + b" " * 5_000_000))
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as archive:
        size = archive.getinfo(SHEET).file_size
    at = -1
    while (at := data.find(size.to_bytes(4, "little"), at + 1)) >= 0:
        data[at : at + 4] = (1000).to_bytes(4, "little")
    return bytes(data)


def _far_cell(ref: bytes) -> Callable[[bytes], bytes]:
    row = ref.lstrip(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    extra = b'<row r="' + row + b'"><c r="' + ref + b'" t="inlineStr"><is><t>x</t></is></c></row>'
    return lambda xml: xml.replace(b"</sheetData>", extra + b"</sheetData>")


def _merged(folder: Path) -> bytes:
    import openpyxl

    book = openpyxl.Workbook()
    book.active.append(["respondent_id", "Grades of all places", None])
    book.active.append([1, 2, 3])
    book.active.merge_cells("B1:C1")
    book.save(folder / "merged.xlsx")
    return (folder / "merged.xlsx").read_bytes()


def _empty_sheets(folder: Path) -> bytes:
    import openpyxl

    openpyxl.Workbook().save(folder / "empty.xlsx")
    return (folder / "empty.xlsx").read_bytes()


def _sav(folder: Path) -> bytes:
    return to_sav(answers(20), folder / "whole.sav").read_bytes()


def _encrypted() -> bytes:
    """The container of an encrypted workbook: its directory names the stream."""
    return (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + bytes(504)
        + "EncryptedPackage".encode("utf-16-le")
        + bytes(512)
    )


def _turned(folder: Path) -> bytes:
    import pyreadstat

    frame = pd.DataFrame({"respondent_id": [1.0], "grade_till": [6.0]})
    labels = {"grade_till": {6: "very good", 1: "very poor"}}
    pyreadstat.write_sav(frame, str(folder / "turned.sav"), variable_value_labels=labels)
    return (folder / "turned.sav").read_bytes()


_WIDE = ",".join(f"c{i}" for i in range(16_500)) + "\n" + "1," * 16_499 + "1\n"

#: Name of the case: name of the file, its bytes (or what makes them in a folder), three parts of the sentence.
FILES: dict[str, tuple[str, bytes | Callable[[Path], bytes], str, str, str]] = {
    "no byte": ("a.csv", b"", "without any byte", "a table", "save"),
    "empty lines": ("a.csv", b"\n\n\r\n", "nothing but empty lines", "a header", "check"),
    "a header alone": ("a.csv", HEAD.encode(), "no row", "one row", "export the answers"),
    "rows of commas": ("a.csv", (HEAD + ",,\n,,\n").encode(), "no row", "one row", "export"),
    "a row cut short": ("a.csv", (GOOD + "3,ye").encode(), "2 cells in line 4", "3 cells", "mend"),
    "a row too long": ("a.csv", (GOOD + "3,no,,,\n").encode(), "5 cells in line 4", "3", "mend"),
    "an open quote": (
        "a.csv",
        (HEAD + '1,"yes,2\n').encode(),
        "broken near line",
        "quotes",
        "mend",
    ),
    "a cell of a megabyte": (
        "a.csv",
        (HEAD + "1,yes," + "9" * 1_000_000).encode(),
        "field larger",
        "quotes",
        "mend",
    ),
    "a byte 0": ("a.csv", (HEAD + "1,\0,2\n").encode(), "a byte 0 in line 2", "UTF-8", "save"),
    "UTF-16 without its mark": ("a.csv", GOOD.encode("utf-16-le"), "a byte 0", "UTF-8", "save"),
    "UTF-16 cut in a letter": (
        "a.csv",
        GOOD.encode("utf-16")[:-1],
        "no UTF-16",
        "one encoding",
        "save",
    ),
    "two encodings": (
        "a.csv",
        ("respondent_id,grade_Küche\n1,2\n".encode() + b"2,K\xfcche\n"),
        "two encodings",
        "one",
        "CSV UTF-8",
    ),
    "a column twice": (
        "a.csv",
        b"respondent_id,grade_till,grade_till\n1,2,3\n",
        "more than one column called 'grade_till'",
        "once",
        "rename",
    ),
    "16,500 columns": ("a.csv", _WIDE.encode(), "16,500 columns", "5,000 columns", "Parquet"),
    "no grades": (
        "a.csv",
        b"respondent_id,comment\n1,nice\n",
        "no grades of touchpoints",
        "grade_KEY",
        "a.csv.mapping.yml",
    ),
    "long without a customer": (
        "a.csv",
        b"touchpoint,grade\ntill,1\n",
        "names the customer",
        "one",
        "respondent_id",
    ),
    "300 touchpoints": (
        "a.csv",
        ("id,touchpoint,grade\n" + "".join(f"1,t{i},1\n" for i in range(300))).encode(),
        "300 touchpoints",
        "200",
        "group",
    ),
    "a picture": ("a.csv", b"\x89PNG\r\n\x1a\n" + bytes(20), "a PNG picture", "a table", "export"),
    "a picture called workbook": (
        "a.xlsx",
        b"\xff\xd8\xff\xe0",
        "a JPEG picture",
        "a table",
        "export",
    ),
    "a PDF": ("a.sav", b"%PDF-1.7", "a PDF document", "a table", "export"),
    "a web page": (
        "a.csv",
        b"\xef\xbb\xbf <!DOCTYPE html><table>",
        "a web page",
        "a table",
        "export",
    ),
    "a web page called workbook": ("a.xlsx", b"<html><table>", "a web page", "a table", "export"),
    "another ending": ("a.xls", b"<html><table>", "the file 'a.xls'", ".csv, .tsv", "save"),
    "a workbook called CSV": (
        "a.csv",
        _workbook,
        "an Excel workbook",
        "text",
        "rename it to end in .xlsx",
    ),
    "text called workbook": (
        "a.xlsx",
        GOOD.encode(),
        "holds text",
        "an Excel workbook",
        "rename it to end in .csv",
    ),
    "SPSS data called CSV": ("a.csv", _sav, "SPSS data", "text", "rename it to end in .sav"),
    "an old workbook": (
        "a.xlsx",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
        "old Excel",
        "a table",
        "export",
    ),
    "an encrypted workbook": (
        "a.xlsx",
        _encrypted(),
        "protected by a password",
        "a table",
        "take the password off",
    ),
    "another archive": (
        "a.xlsx",
        b"PK\x05\x06" + bytes(18),
        "no Excel workbook",
        "saved as .xlsx",
        "open it",
    ),
    "a workbook cut short": (
        "a.xlsx",
        lambda f: _workbook(f)[:-100],
        "damaged or cut short",
        "whole",
        "open it",
    ),
    "a zip bomb": ("a.xlsx", _bomb, "unpacks to 500 MB", "400 MB", "don't open"),
    "a bomb that lies": ("a.xlsx", _lying_bomb, "damaged", "whole", "open it"),
    "entities": (
        "a.xlsx",
        lambda f: _changed(_workbook(f), SHEET, lambda x: b'<!DOCTYPE a [<!ENTITY b "c">]>' + x),
        "entities declared",
        "without any",
        "open it",
    ),
    "a sheet that is no XML": (
        "a.xlsx",
        lambda f: _changed(_workbook(f), SHEET, lambda x: x[:300]),
        "sheets can't be read",
        "a spreadsheet",
        "open it",
    ),
    "a cell far to the right": (
        "a.xlsx",
        lambda f: _changed(_workbook(f), SHEET, _far_cell(b"XFD9")),
        "16,384 columns",
        "5,000",
        "export the questions",
    ),
    "a cell far below": (
        "a.xlsx",
        lambda f: _changed(_workbook(f), SHEET, _far_cell(b"A1048576")),
        "500,001 rows",
        "500,000",
        "export",
    ),
    "merged header cells": (
        "a.xlsx",
        _merged,
        "merged cells in the header",
        "one name in each",
        "unmerge",
    ),
    "empty sheets": ("a.xlsx", _empty_sheets, "nothing in 'a.xlsx'", "a sheet", "check"),
    "SPSS data cut short": (
        "a.sav",
        lambda f: _sav(f)[:-60],
        "cut short",
        "a whole .sav",
        "save it again",
    ),
    "SPSS data cut in the header": (
        "a.sav",
        lambda f: _sav(f)[:300],
        "cut short",
        "a whole .sav",
        "save",
    ),
    "compressed SPSS data": (
        "a.sav",
        b"$FL3" + bytes(200),
        "compressed SPSS",
        "a table",
        "save it as .sav",
    ),
    "a scale turned round": (
        "a.sav",
        _turned,
        "'6' stands for 'very good'",
        "1 for 'very good'",
        "answers, grade",
    ),
}


def sparse(path: Path, size: int = 10_000_000_000) -> Path:
    """A file of 10 GB that takes no room."""
    with path.open("wb") as file:
        file.write(GOOD.encode())
        file.truncate(size)
    return path


def write(name: str, content: bytes | Callable[[Path], bytes], folder: Path) -> Path:
    """Write a file of `FILES`."""
    data = content if isinstance(content, bytes) else content(folder)
    (folder / "asked").mkdir(exist_ok=True)
    path = folder / "asked" / name
    path.write_bytes(data)
    return path
