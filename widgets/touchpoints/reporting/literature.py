"""The literature behind the methods of a report, as its last section lists it."""

from __future__ import annotations

from typing import Final

#: Keys as in the book's bibliography.
LITERATURE: Final = {
    "benjamini1995": (
        "Benjamini, Y. & Hochberg, Y. (1995). Controlling the false discovery rate: a practical "
        "and powerful approach to multiple testing. Journal of the Royal Statistical Society B "
        "57, 289–300."
    ),
    "berger1982": (
        "Berger, R. L. (1982). Multiparameter hypothesis testing and acceptance sampling. "
        "Technometrics 24, 295–300."
    ),
    "holm1979": (
        "Holm, S. (1979). A simple sequentially rejective multiple test procedure. Scandinavian "
        "Journal of Statistics 6, 65–70."
    ),
    "johnson2000": (
        "Johnson, J. W. (2000). A heuristic method for estimating the relative weight of predictor "
        "variables in multiple regression. Multivariate Behavioral Research 35, 1–19."
    ),
    "kish1965": "Kish, L. (1965). Survey Sampling. New York: Wiley.",
    "lipsitch2010": (
        "Lipsitch, M., Tchetgen Tchetgen, E. & Cohen, T. (2010). Negative controls: a tool for "
        "detecting confounding and bias in observational studies. Epidemiology 21, 383–388."
    ),
    "martilla1977": (
        "Martilla, J. A. & James, J. C. (1977). Importance-performance analysis. Journal of "
        "Marketing 41, 77–79."
    ),
    "newcombe1998": (
        "Newcombe, R. G. (1998). Interval estimation for the difference between independent "
        "proportions: comparison of eleven methods. Statistics in Medicine 17, 873–890."
    ),
    "rocks2016": (
        "Rocks, B. (2016). Interval estimation for the “Net Promoter Score”. The American "
        "Statistician 70, 365–372."
    ),
    "wilson1927": (
        "Wilson, E. B. (1927). Probable inference, the law of succession, and statistical "
        "inference. Journal of the American Statistical Association 22, 209–212."
    ),
}
