"""The language of handbook 0.5: text → tree (`parse`) → tree with resolved types (`check`)."""

from taizhang.measures.formula.check import check, check_rule
from taizhang.measures.formula.errors import FormulaError
from taizhang.measures.formula.parse import (
    parse_formula,
    parse_population,
    parse_reading,
    parse_rule,
)

__all__ = [
    "FormulaError",
    "check",
    "check_rule",
    "parse_formula",
    "parse_population",
    "parse_reading",
    "parse_rule",
]
