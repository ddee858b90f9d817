"""One HTML page of all findings: charts inside, nothing loaded, every text from data escaped.

A policy in the page's head allows the two scripts of the page by their hashes and nothing else:
no request, no eval, no event attribute. Charts are drawn by the same code as in the book.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from touchpoints.charts.bundle import charts_script, vega_script
from touchpoints.charts.renderers import render_for_book
from touchpoints.core.contacts import CUSTOMER, GRADE
from touchpoints.core.inline_parts import inline_script, policy_hash
from touchpoints.data import load
from touchpoints.reporting.columns import RECOMMENDATION
from touchpoints.reporting.faults import warn_of_fault
from touchpoints.reporting.methods import command_line, methods, sources, versions
from touchpoints.reporting.sections import find_all, tables_of
from touchpoints.reporting.tables import PlainTable, plain_table

if TYPE_CHECKING:
    from datetime import datetime

    from touchpoints.reporting.choices import Choices
    from touchpoints.reporting.columns import Contacts
    from touchpoints.reporting.sections import Finding

_HERE: Final = Path(__file__).resolve().parent
_FAILED: Final = "This chart could not be drawn; its table follows."
_POLICY: Final = (
    "default-src 'none'; script-src {hashes}; style-src 'unsafe-inline'; base-uri 'none'; "
    "form-action 'none'"
)


@dataclass(frozen=True)
class _Part:
    """A finding as the page shows it."""

    finding: Finding
    chart: Markup | str | None
    tables: list[PlainTable]


def report_page(contacts: Contacts, choices: Choices, *, made: datetime) -> str:
    """Compute all sections and write the page.

    Args:
        contacts: What `read_contacts` gave.
        choices: What was decided.
        made: When the report is made.

    Returns:
        The text of one HTML file.
    """
    findings = find_all(contacts, choices)
    scripts = [Markup(inline_script(s)) for s in (vega_script(), _page_script())]  # noqa: S704
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, finalize=_shown
    )
    template = environment.from_string((_HERE / "page.html").read_text(encoding="utf-8"))
    page = template.render(
        policy=_POLICY.format(hashes=" ".join(policy_hash(script) for script in scripts)),
        style=Markup((_HERE / "page.css").read_text(encoding="utf-8")),  # noqa: S704  (our own file)
        scripts=scripts,
        file=contacts.table.name,
        made=f"{made:%d %B %Y, %H:%M (UTC%z)}",
        versions=versions(),
        read=_what_was_read(contacts),
        synthetic=_synthetic(contacts),
        parts=[_part(finding) for finding in findings],
        methods=methods(contacts, choices, findings),
        command=command_line(contacts.table.name, choices),
        sources=sources(findings),
    )
    return page.lstrip()


def printable(text: str) -> str:
    """Replace what no page can show: control characters and halves of characters.

    Example:
        >>> printable("a" + chr(1) + "b")
        'a\N{REPLACEMENT CHARACTER}b'
    """
    return "".join(
        "\N{REPLACEMENT CHARACTER}" if unicodedata.category(c) in {"Cc", "Cs"} else c for c in text
    )


def _shown(value: object) -> object:
    """Make every text of the template printable, except what is markup of our own."""
    plain = isinstance(value, str) and not isinstance(value, Markup)
    return printable(str(value)) if plain else value


def _part(finding: Finding) -> _Part:
    tables = [plain_table(caption, table) for caption, table in tables_of(finding)]
    return _Part(finding, _chart(finding), tables)


def _chart(finding: Finding) -> Markup | str | None:
    """Write the chart's element, nothing where no chart is registered, or that drawing failed."""
    if finding.result is None:
        return None
    try:
        spec = finding.result.chart().to_dict()
        # The renderer escapes every text and writes data as JSON that can't end its element.
        return Markup(render_for_book(spec)["text/html"])  # noqa: S704
    except NotImplementedError:
        return None
    except Exception as error:  # noqa: BLE001  (told on the page and as a warning)
        return f"{_FAILED} ({warn_of_fault(f'Chart of {finding.section.title}', error)})"


def _what_was_read(contacts: Contacts) -> list[tuple[str, str]]:
    """Count what the file holds."""
    rows, people, table = contacts.rows, contacts.people, contacts.table
    graded = int(rows[GRADE].notna().sum())
    said = [
        ("Rows in the file", f"{len(rows) + contacts.unknown:,}"),
        ("Rows left out, fan status missing", f"{contacts.unknown:,}"),
        ("Customers", f"{rows[CUSTOMER].nunique():,}"),
        ("Touchpoints", f"{len(contacts.touchpoints):,}"),
        ("Graded contacts", f"{graded:,}"),
        ("Rows without contact", f"{len(rows) - graded:,}"),
    ]
    if RECOMMENDATION in contacts.roles:
        missing = int(people[RECOMMENDATION].isna().sum())
        said.append(("Customers without an answer on recommendation", f"{missing:,}"))
    return [
        *said,
        ("Kind of file", table.kind),
        ("Size", f"{table.size:,} bytes"),
        ("SHA-256 of the file", table.sha256),
    ]


def _synthetic(contacts: Contacts) -> str:
    """Tell where touchpoints stand in the kit's invented example too."""
    known = set(load("touchpoints")["touchpoint"])
    there = [name for name in contacts.touchpoints if name in known]
    if not there:
        return ""
    return (
        f"{len(there)} of {len(contacts.touchpoints)} touchpoints have the names of the kit's "
        "example, whose data are synthetic: invented for teaching."
    )


def _page_script() -> str:
    """Return what draws the charts and opens the folded tables for the printer."""
    return (
        f"const touchpointHost = {{ say: () => {_FAILED!r} }};\n{charts_script()}\n"
        f"{(_HERE / 'page.js').read_text(encoding='utf-8')}"
    )
