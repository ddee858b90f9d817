"""A student's files, without the truth: the same bytes on every computer."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import asdict
from pathlib import Path
from typing import Final

from touchpoints.course.students.company import NOTICE
from touchpoints.course.students.reading import COMPANY_FILE, TABLES
from touchpoints.course.students.student_data import StudentData
from touchpoints.data import csv_text, describe
from touchpoints.writing import write_folder

#: The one time that a ZIP file can't leave out; it is nobody's.
_NO_TIME: Final = (1980, 1, 1, 0, 0, 0)
_MODE: Final = 0o644 << 16
_UNIX: Final = 3


def student_files(data: StudentData) -> dict[str, bytes]:
    """Return the files that a student gets, by name."""
    company = {"synthetic": True, "notice": NOTICE, "code": data.code, **asdict(data.company)}
    texts = {
        "README.md": _readme(data),
        COMPANY_FILE: json.dumps(company, indent=1, ensure_ascii=False) + "\n",
        **{f"{name}.csv": csv_text(getattr(data, name)) for name in TABLES},
    }
    return {name: text.encode("utf-8") for name, text in texts.items()}


def write_student_data(data: StudentData, folder: Path) -> None:
    """Write a student's files, without the truth, whole or not at all.

    Args:
        data: The student's data.
        folder: Becomes the student's folder; one that is there is replaced.

    Raises:
        InputError: If it can't be written.
    """
    write_folder(folder, student_files(data), overwrite=True)


def zipped(files: dict[str, bytes]) -> bytes:
    """Return a ZIP file with a folder `data`: no times, no compression.

    Compressed bytes differ with the version of zlib; stored ones are the same everywhere.
    """
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(f"data/{name}", _NO_TIME)
            entry.create_system, entry.external_attr = _UNIX, _MODE
            archive.writestr(entry, content)
    return packed.getvalue()


def _readme(data: StudentData) -> str:
    company, counts = data.company, {name: len(getattr(data, name)) for name in TABLES}
    files = "\n".join(f"- `{name}.csv`: {counts[name]:,} rows. {_SAID[name]}" for name in TABLES)
    columns = "\n\n".join(
        f"### {name}.csv\n\n"
        + "\n".join(
            f"- `{field['name']}`: "
            + field["description"].replace("Nordlicht Wohnen", company.name)
            for field in describe(name)["schema"]["fields"]
        )
        for name in TABLES
    )
    return f"""# {company.name}: your own data ({data.code})

**Synthetic data.** {NOTICE}

**Synthetische Daten**, für die Lehre erfunden: Die Firma gibt es nicht, niemand wurde befragt.

{company.name} ({company.trade_en} / {company.trade_de}) has asked its customers. An order is here
{company.order_en} ({company.order_de}).

{files}
- `company.json`: the company in short.

Load everything with `tp.course_data("data")`. Each student has another company with other effects,
so only your own numbers fit your own data. Whether contacts cause bonding here is for you to find
out.

## Columns

{columns}
"""


_SAID: Final = {
    "touchpoints": "The company's touchpoints; at one of them the company has no part.",
    "customers": "The survey: two yearly waves of five bonding items, and more.",
    "contacts": "The grade of each customer at each touchpoint; empty: no contact.",
    "journeys": "The log of all contacts that the company's systems can tie to a customer.",
}
