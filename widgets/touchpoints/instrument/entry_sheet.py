"""A table to type paper answers into: a header, and in XLSX the allowed values of each column."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, Final

from touchpoints.core.errors import InputError
from touchpoints.core.spreadsheet_cells import safe_cell
from touchpoints.instrument.codebook import codebook
from touchpoints.instrument.questions import Question, Questionnaire
from touchpoints.instrument.zipped import without_time

if TYPE_CHECKING:
    from openpyxl.worksheet.datavalidation import DataValidation

#: Rows that are checked while they are typed.
_ROWS: Final = 500
_WIDEST: Final = 60


def entry_csv(questionnaire: Questionnaire) -> str:
    """Write the header of the data as CSV.

    Args:
        questionnaire: What is asked.

    Returns:
        One line, all columns in order.
    """
    return ",".join(questionnaire.columns) + "\n"


def entry_xlsx(questionnaire: Questionnaire) -> bytes:
    """Write a workbook to type answers into: sheet `data`, then the codebook.

    Args:
        questionnaire: What is asked.

    Returns:
        The file. Cells of 500 rows refuse what their column does not allow.

    Raises:
        InputError: If openpyxl is not installed.
    """
    try:
        from openpyxl import Workbook  # noqa: PLC0415  (an extra)
        from openpyxl.styles import Font  # noqa: PLC0415
    except ImportError:
        raise missing_library("openpyxl") from None
    book = Workbook()
    sheet = book.active
    sheet.title = "data"
    sheet.append(questionnaire.columns)
    places = {name: _column(sheet, i) for i, name in enumerate(questionnaire.columns, start=1)}
    for question in questionnaire.questions:
        rule = _rule(question, places)
        sheet.add_data_validation(rule)
        rule.add(f"{places[question.name]}2:{places[question.name]}{_ROWS + 1}")
    for name, column in places.items():
        sheet.column_dimensions[column].width = len(name) + 3
    for language in questionnaire.languages:
        _add_codebook(book.create_sheet(f"codebook_{language}"), questionnaire, language)
    for page in book:
        page.freeze_panes = "B2"
        for cell in page[1]:
            cell.font = Font(bold=True)
    out = io.BytesIO()
    book.save(out)
    return without_time(out.getvalue())


def missing_library(name: str) -> InputError:
    """Say that a library of the extra `survey` is missing."""
    return InputError(
        f"no {name} here",
        "the libraries for surveys",
        'run: pip install "touchpoint-kit[survey]"',
    )


def _column(sheet: Any, number: int) -> str:  # noqa: ANN401
    letter: str = sheet.cell(row=1, column=number).column_letter
    return letter


def _rule(question: Question, places: dict[str, str]) -> DataValidation:
    """Allow a column its values; a grade only beside a contact."""
    from openpyxl.worksheet.datavalidation import DataValidation  # noqa: PLC0415

    values = [choice.value for choice in question.choices]
    here = f"{places[question.name]}2"
    if question.contact:
        contact = f'{places[question.contact]}2="yes"'
        formula = f"AND({contact},{here}>={values[0]},{here}<={values[-1]},{here}=INT({here}))"
        rule = DataValidation(type="custom", formula1=formula)
        allowed = f"{values[0]} to {values[-1]}, and only where {question.contact} is yes"
    elif values[0].isdigit():
        rule = DataValidation(type="whole", formula1=values[0], formula2=values[-1])
        allowed = f"{values[0]} to {values[-1]}"
    else:
        allowed = ",".join(values)
        rule = DataValidation(type="list", formula1=f'"{allowed}"')
    rule.allow_blank = True
    rule.showErrorMessage = True
    rule.errorTitle = "Not allowed here"
    rule.error = f"Allowed: {allowed}. Leave the cell empty if there is no answer."
    return rule


def _add_codebook(sheet: Any, questionnaire: Questionnaire, language: str) -> None:  # noqa: ANN401
    entries = codebook(questionnaire, language)
    fields = list(entries[0])
    sheet.append([questionnaire.texts[f"codebook.{field}"][language] for field in fields])
    for entry in entries:
        sheet.append([safe_cell(entry[field]) for field in fields])
    for number, field in enumerate(fields, start=1):
        longest = max(len(entry[field]) for entry in entries)
        sheet.column_dimensions[_column(sheet, number)].width = min(longest, _WIDEST) + 2
