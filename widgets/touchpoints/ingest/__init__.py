"""Own survey data: from a file that somebody saved to checked customers and contacts.

`files`, `decoding`, `delimited`, `zip_guard`, `workbook` and `spss` turn a file into a `grid` of
texts; `headings`, `answers` and `mapping` say which column is what; `cells`, `schema`,
`respondents` and `tables` make customers and contacts of it, and `findings` keeps what was told.
"""

from touchpoints.ingest.survey import SurveyData, read_survey

__all__ = ["SurveyData", "read_survey"]
