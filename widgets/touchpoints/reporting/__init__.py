"""From a file of contacts to one HTML file that says what was found, and how.

`reading` and `columns` turn the file into checked contacts, `sections` names what is computed,
`methods` says every choice and `page` puts all of it into one page.
"""

from touchpoints.reporting.choices import Choices
from touchpoints.reporting.columns import Contacts, read_contacts
from touchpoints.reporting.page import report_page
from touchpoints.reporting.sections import SECTIONS, Finding, Section, find_all

__all__ = [
    "SECTIONS",
    "Choices",
    "Contacts",
    "Finding",
    "Section",
    "find_all",
    "read_contacts",
    "report_page",
]
