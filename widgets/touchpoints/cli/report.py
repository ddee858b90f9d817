"""`touchpoints report`: one HTML file from a file of contacts."""

from __future__ import annotations

import argparse
from dataclasses import fields
from datetime import datetime
from pathlib import Path

from touchpoints.reporting import Choices, read_contacts, report_page
from touchpoints.writing import require_free, write_whole


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `report`."""
    parser = commands.add_parser(
        "report",
        help="make one HTML report of your own contacts",
        description="Make one HTML file of a table of contacts: fan rates, lifts, the claim test, "
        "with charts, intervals and a methods paragraph. Nothing leaves this machine.",
        epilog="example: touchpoints report contacts.csv --weight panel_weight -o report.html",
    )
    parser.add_argument(
        "file", type=Path, metavar="FILE", help="CSV or Parquet, one row a customer and touchpoint"
    )
    columns = parser.add_argument_group("columns of the file")
    for name, said in {
        "customer": "names the customer (default: customer_id)",
        "touchpoint": "names the touchpoint (default: touchpoint)",
        "grade": "1 (best) to 6, empty for no contact (default: grade)",
        "fan": "true or false (default: fan, or a rule on bonding_1 to bonding_5)",
        "weight": "survey weight of the customer (default: none)",
        "recommend": "answer 0 to 10 (default: recommendation, if there is one)",
    }.items():
        default = getattr(Choices, name)
        columns.add_argument(f"--{name}", metavar="COLUMN", default=default, help=said)
    parser.add_argument(
        "--negative-control", metavar="TOUCHPOINT", help="one whose contacts can't make fans"
    )
    parser.add_argument(
        "--margin",
        dest="margin_points",
        type=float,
        default=Choices.margin_points,
        metavar="POINTS",
        help="what grades 3 to 6 may lie above no contact (default: %(default)g)",
    )
    parser.add_argument(
        "--confidence",
        type=float,
        default=Choices.confidence,
        help="of the intervals (default: %(default)g)",
    )
    parser.add_argument(
        "-o",
        "--out",
        type=Path,
        metavar="OUT",
        help="the report (default: FILE's name-report.html)",
    )
    parser.add_argument("--overwrite", action="store_true", help="replace OUT if it is there")
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    source: Path = options.file
    out: Path = options.out or Path(f"{source.stem}-report.html")
    choices = Choices(**{one.name: getattr(options, one.name) for one in fields(Choices)})
    require_free(out, source, overwrite=options.overwrite)
    contacts = read_contacts(source, choices)
    page = report_page(contacts, choices, made=datetime.now().astimezone())
    write_whole(out, page, overwrite=options.overwrite)
    print(f"The report is in {out}")
    return 0
