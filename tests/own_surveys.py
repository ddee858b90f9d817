"""Surveys as a reader may have them, in every format that is read: invented, and known to the last cell."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import numpy as np
import pandas as pd

#: Keys and names of the touchpoints that are asked for.
PLACES = {"entrance": "Entrance", "checkout": "Checkout", "returns_desk": "Returns desk"}
BONDING = [f"bonding_{i}" for i in range(1, 6)]
AGES = ["18-29", "30-44", "45-59", "60+"]
#: Question texts, in the words of the kit's questionnaire.
ITEMS = [
    "I would miss Nordlicht Wohnen if it closed.",
    "I feel close to Nordlicht Wohnen.",
    "Nordlicht Wohnen suits me.",
    "I like to tell others of Nordlicht Wohnen.",
    "I would forgive Nordlicht Wohnen a mistake.",
]


def answers(people: int = 40, seed: int = 1) -> pd.DataFrame:
    """Sound answers in the wide form, every cell a text."""
    rng = np.random.default_rng(seed)
    warm = rng.integers(1, 6, people)
    frame = pd.DataFrame({"respondent_id": [str(i) for i in range(1, people + 1)]})
    for place, key in enumerate(PLACES):
        # The first respondents had contact and had none: every touchpoint has both.
        contact = np.where(np.arange(people) < 2, np.arange(people) == 0, rng.random(people) < 0.7)
        grade = np.clip(6 - warm + rng.integers(-1, 2, people) + place // 2, 1, 6)
        frame[f"contact_{key}"] = np.where(contact, "yes", "no")
        frame[f"grade_{key}"] = np.where(contact, grade.astype(str), "")
    for item in BONDING:
        frame[item] = np.clip(warm + rng.integers(-1, 2, people), 1, 5).astype(str)
    frame["satisfaction"] = (6 - warm).astype(str)
    frame["recommendation"] = np.clip(2 * warm + rng.integers(-1, 2, people), 0, 10).astype(str)
    frame["age_group"] = rng.choice(AGES, people)
    frame["weight"] = np.round(rng.uniform(0.5, 2, people), 2).astype(str)
    return frame


def to_csv(frame: pd.DataFrame, path: Path, *, mark: str = ",", encoding: str = "utf-8") -> Path:
    """Write a table of texts."""
    path.write_bytes(frame.to_csv(index=False, sep=mark, lineterminator="\n").encode(encoding))
    return path


def to_xlsx(frame: pd.DataFrame, path: Path) -> Path:
    """Write a workbook with numbers as numbers, as a spreadsheet would."""
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(list(frame.columns))
    for row in frame.itertuples(index=False):
        sheet.append([_number(cell) for cell in row])
    book.save(path)
    return path


def _number(cell: str) -> object:
    if cell == "":
        return None
    try:
        return int(cell)
    except ValueError:
        try:
            return float(cell)
        except ValueError:
            return cell


def to_sav(frame: pd.DataFrame, path: Path, **options: object) -> Path:
    """Write SPSS data: contact is 1 yes and 2 no, ages are numbered, both with labels."""
    import pyreadstat

    coded = frame.copy()
    labels: dict[str, dict[int, str]] = {}
    for column in coded.columns:
        if column.startswith("contact_"):
            coded[column] = coded[column].map({"yes": 1.0, "no": 2.0})
            labels[column] = {1: "yes", 2: "no"}
        elif column == "age_group":
            coded[column] = coded[column].map({age: i + 1.0 for i, age in enumerate(AGES)})
            labels[column] = dict(enumerate(AGES, 1))
        else:
            coded[column] = pd.to_numeric(coded[column])
    pyreadstat.write_sav(coded, str(path), variable_value_labels=labels, **options)
    return path


def _survey_tool_columns(frame: pd.DataFrame) -> dict[str, str]:
    """The columns that hold answers, each with its question."""
    asked = {}
    for key, name in PLACES.items():
        asked[f"contact_{key}"] = (
            f"Did you have contact with this place in the last 12 months? [{name}]"
        )
        asked[f"grade_{key}"] = f"Which school grade do you give? [{name}]"
    asked |= {
        item: f"How far do these statements apply to you? [{text}]"
        for item, text in zip(BONDING, ITEMS, strict=True)
    }
    asked["satisfaction"] = "How satisfied are you with Nordlicht Wohnen?"
    asked["recommendation"] = "How likely is it that you would recommend Nordlicht Wohnen?"
    asked["age_group"] = "How old are you?"
    return {column: asked[column] for column in frame.columns if column in asked}


def to_limesurvey(
    frame: pd.DataFrame, path: Path, *, headings: str = "code", full: bool = False
) -> Path:
    """Write an export in LimeSurvey's form: question codes or texts, answer codes or full answers."""
    codes = {
        f"{kind}_{key}": f"{kind}[{key.replace('_', '')}]"
        for key in PLACES
        for kind in ("contact", "grade")
    }
    codes |= {item: f"bonding[SQ00{i}]" for i, item in enumerate(BONDING, 1)}
    codes |= {
        "satisfaction": "satisfaction",
        "recommendation": "recommendation",
        "age_group": "agegroup",
    }
    asked = _survey_tool_columns(frame)
    out = pd.DataFrame(
        {
            "id": frame["respondent_id"],
            "submitdate": "2025-02-01 10:00:00",
            "lastpage": "4",
            "startlanguage": "en",
            "seed": "12345",
        }
    )
    words = ["very good", "good", "satisfactory", "just sufficient", "poor", "very poor"]
    for column, question in asked.items():
        cells = frame[column]
        if column.startswith("contact_"):
            cells = cells.map({"yes": "Yes", "no": "No"} if full else {"yes": "Y", "no": "N"})
        elif column.startswith("grade_") or column == "satisfaction":
            numbers = {str(i): words[i - 1] if full else f"AO0{i}" for i in range(1, 7)}
            cells = cells.map(numbers | {"": "N/A" if full else ""})
        elif column == "age_group" and full:
            cells = cells.map(
                {"60+": "60 or older"} | {a: a.replace("-", " to ") for a in AGES[:3]}
            )
        head = {"code": codes[column], "text": question, "both": f"{codes[column]}. {question}"}
        out[head[headings]] = cells
    text = out.to_csv(index=False, quoting=csv.QUOTE_ALL, lineterminator="\n")
    path.write_bytes(b"\xef\xbb\xbf" + text.encode())
    return path


def to_qualtrics(frame: pd.DataFrame, path: Path) -> Path:
    """Write an export in Qualtrics' form: names, question texts, import ids, then answers."""
    asked = _survey_tool_columns(frame)
    front = {"StartDate": "2025-02-01 10:00:00", "Progress": "100", "Finished": "True"}
    names = [*front, "ResponseId", *(f"Q{i}_1" for i in range(1, len(asked) + 1))]
    questions = [
        *front,
        "Response ID",
        *(q.replace(" [", " - ").removesuffix("]") for q in asked.values()),
    ]
    imports = [json.dumps({"ImportId": name.lower()}) for name in names]
    rows = io.StringIO()
    writer = csv.writer(rows, lineterminator="\n")
    writer.writerows([names, questions, imports])
    for row in frame.itertuples(index=False):
        writer.writerow(
            [*front.values(), f"R_{row.respondent_id}", *(getattr(row, c) for c in asked)]
        )
    path.write_bytes(b"\xef\xbb\xbf" + rows.getvalue().encode())
    return path


#: Every format, and how its file is called.
WRITERS = {
    "csv": lambda frame, folder: to_csv(frame, folder / "own.csv"),
    "semicolons, Windows": lambda frame, folder: to_csv(
        frame, folder / "own.csv", mark=";", encoding="cp1252"
    ),
    "tsv, UTF-16": lambda frame, folder: to_csv(
        frame, folder / "own.tsv", mark="\t", encoding="utf-16"
    ),
    "xlsx": lambda frame, folder: to_xlsx(frame, folder / "own.xlsx"),
    "sav": lambda frame, folder: to_sav(frame, folder / "own.sav"),
    "LimeSurvey codes": lambda frame, folder: to_limesurvey(frame, folder / "own.csv"),
    "LimeSurvey codes and texts": lambda frame, folder: to_limesurvey(
        frame, folder / "own.csv", headings="both"
    ),
    "LimeSurvey texts, full answers": lambda frame, folder: to_limesurvey(
        frame, folder / "own.csv", headings="text", full=True
    ),
    "Qualtrics": lambda frame, folder: to_qualtrics(frame, folder / "own.csv"),
}


def course_file() -> str:
    """The file of the book's page on own surveys: German headings, and one fault of each kind."""
    frame = answers(60, seed=7)
    names = {"entrance": "Eingang", "checkout": "Kasse", "returns_desk": "Rückgabe"}
    frame.insert(frame.shape[1], "comment", "")
    frame["comment"] = frame["comment"].mask(frame.index == 3, "schöner Laden")
    changes = {
        (2, "contact_entrance"): "yes",
        (2, "grade_entrance"): " 2",
        (5, "contact_checkout"): "yes",
        (5, "grade_checkout"): "2,0",
        (9, "satisfaction"): "Note 3",
        (14, "contact_entrance"): "yes",
        (14, "grade_entrance"): "01. Feb",
        (18, "bonding_2"): "6",
        (23, "contact_returns_desk"): "no",
        (23, "grade_returns_desk"): "4",
        (28, "contact_checkout"): "yes",
        (28, "grade_checkout"): "",
        (33, "contact_returns_desk"): "yes",
        (33, "grade_returns_desk"): "k. A.",
    }
    for (row, column), cell in changes.items():
        frame.loc[row, column] = cell
    frame = pd.concat([frame, frame.tail(1)])  # the last row stands twice
    for key in PLACES:
        frame[f"contact_{key}"] = frame[f"contact_{key}"].map({"yes": "ja", "no": "nein"})
    frame["weight"] = frame["weight"].str.replace(".", ",")
    frame["age_group"] = (
        frame["age_group"].str.replace("-", " bis ").str.replace("60+", "60 oder älter")
    )
    headings = {f"contact_{key}": f"Kontakt {name}" for key, name in names.items()}
    headings |= {f"grade_{key}": f"Note {name}" for key, name in names.items()}
    headings |= {
        "respondent_id": "Nummer",
        "satisfaction": "Zufriedenheit",
        "recommendation": "Weiterempfehlung",
        "age_group": "Altersgruppe",
        "weight": "Gewicht",
        "comment": "Bemerkung",
    }
    return frame.rename(columns=headings).to_csv(index=False, sep=";", lineterminator="\n")
