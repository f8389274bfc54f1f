"""Why a formula is refused, in the language of the reader, with its place and the name meant."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from taizhang.ledger.models import Commitment as CommitmentRow
from taizhang.ledger.packs import LedgerPack
from taizhang.measures.catalogue import Catalogue
from taizhang.measures.commitments import Commitment
from taizhang.measures.formula import FormulaError, check, parse_formula, parse_population

WORDS = {
    "unexpected": gettext_lazy("“%(found)s” cannot stand here."),
    "unexpected_end": gettext_lazy("The formula ends too early."),
    "unknown_function": gettext_lazy("There is no function “%(name)s”."),
    "unknown_register": gettext_lazy("There is no register “%(name)s”."),
    "unknown_field": gettext_lazy("The register “%(register)s” has no field “%(name)s”."),
    "unknown_value": gettext_lazy("The field “%(field)s” has no value “%(name)s”."),
    "personal_field": gettext_lazy("“%(name)s” is personal and never leaves its register."),
    "not_a_reference": gettext_lazy("“%(name)s” is not a reference, so nothing can follow it."),
    "needs_field": gettext_lazy("“%(function)s” needs a field of the register."),
    "takes_rows": gettext_lazy("“count” takes rows, not the field “%(name)s”."),
    "needs_number": gettext_lazy("“%(name)s” is not a number."),
    "needs_enum": gettext_lazy("“%(name)s” has no closed list of values."),
    "needs_reference": gettext_lazy("“%(name)s” does not refer to a register."),
    "many_valued": gettext_lazy("“%(name)s” has many values and cannot stand here."),
    "types_differ": gettext_lazy("“%(left)s” and “%(right)s” are of different types."),
    "not_ordered": gettext_lazy("“%(left)s” has no order; use = or !=."),
    "null_ordered": gettext_lazy("“null” has no order; use = or !=."),
    "not_a_date": gettext_lazy("“%(name)s” is not a date and cannot be moved."),
    "no_self": gettext_lazy("“self” has a meaning only in the rule of a derived field."),
    "no_window": gettext_lazy("“%(name)s” has no meaning in the rule of a field."),
    "no_conditions": gettext_lazy("“%(function)s” takes no conditions."),
    "no_members": gettext_lazy("“%(function)s” takes no list of values."),
    "cycle": gettext_lazy("The rule reads itself: %(path)s."),
    "not_computable": gettext_lazy("“%(name)s” cannot be computed."),
    "types_of_rule": gettext_lazy("The rule gives %(found)s, but the field is %(expected)s."),
    "aggregate_misplaced": gettext_lazy("A count cannot stand inside a condition."),
}


def refusal_text(error: FormulaError) -> str:
    """What is wrong, where (characters counted from 1), and what was probably meant."""
    text = str(WORDS[error.key]) % error.params
    place = _("Character %(start)d of “%(formula)s”.") % {
        "start": error.start + 1,
        "formula": error.text,
    }
    meant = _("Did you mean “%(name)s”?") % {"name": error.suggestion} if error.suggestion else ""
    return " ".join(filter(None, (text, place, meant))).replace("。 ", "。")


def check_commitment(
    commitment: Commitment, populations: dict[str, str], catalogue: Catalogue
) -> None:
    """Raises FormulaError for the first formula of the commitment that does not fit."""
    formulas = (commitment.numerator, commitment.denominator)
    _check(formulas, populations[commitment.population], catalogue)


def refusal_of(row: CommitmentRow, catalogue: Catalogue) -> FormulaError | None:
    """Why a kept commitment cannot be read over the registers; None where it can."""
    try:
        _check((row.numerator, row.denominator), row.population_definition, catalogue)
    except FormulaError as refusal:
        return refusal
    return None


def check_pack(pack: LedgerPack, catalogue: Catalogue) -> None:
    """Raises FormulaError for the first formula of the pack that does not fit the registers."""
    populations = {key: entry.definition for key, entry in pack.populations.items()}
    for entry in pack.commitments():
        check_commitment(entry.commitment, populations, catalogue)


def _check(formulas: Iterable[str], population: str, catalogue: Catalogue) -> None:
    for text in filter(None, formulas):
        check(parse_formula(text), catalogue, text)
    check(parse_population(population), catalogue, population)
