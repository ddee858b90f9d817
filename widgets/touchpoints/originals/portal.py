"""Where the yearly files of the airport survey are on the city's open-data portal: the one place.

The addresses were found in pages and programs that cite them, not by trying: the portal could not
be reached when this was written. Of 2014 and 2015 none was found. What comes from an address is
therefore accepted for its content alone.
"""

from __future__ import annotations

from typing import Final

#: Years of the survey.
YEARS: Final = (2014, 2015, 2016, 2017, 2018)

#: Where a reader finds the files by hand.
SEARCH_PAGE: Final = "https://data.sfgov.org/browse?q=SFO%20Customer%20Survey"

#: The portal's name of the data set of a year, where known.
DATA_SETS: Final = {2016: "t3vr-buhp", 2017: "nnh5-5rwz", 2018: "3w8r-nuxp"}

#: Bytes beyond which no file of a year is (the largest known has 0.9 MB).
MOST_BYTES: Final = 20_000_000


def address(year: int) -> str | None:
    """Return the address of a year's file, or None where it isn't known.

    Example:
        >>> address(2018)
        'https://data.sfgov.org/api/views/3w8r-nuxp/rows.csv?accessType=DOWNLOAD'
        >>> address(2014) is None
        True
    """
    if year not in DATA_SETS:
        return None
    return f"https://data.sfgov.org/api/views/{DATA_SETS[year]}/rows.csv?accessType=DOWNLOAD"
