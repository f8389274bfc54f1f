"""Why there is no figure, in words: the keys of `Figure.reason` (measures.commitments)."""

from django.utils.translation import gettext as _

from taizhang.ledger.current import catalogue_of, shipped_pack
from taizhang.ledger.formula_refusals import refusal_of, refusal_text
from taizhang.ledger.models import Commitment, in_language
from taizhang.ledger.packs import PackError
from taizhang.registers.spec import REGISTERS


def reason_text(reason: str, commitment: Commitment, pack: str) -> str:
    """The reason as a sentence that says what is missing; "" without one.

    `pack` is the key of the ledger's pack, which names the registers that are not in use yet.
    """
    key, _colon, subject = reason.partition(":")
    match key:
        case "register_not_offered":
            return _("The register “%(register)s” is not in use yet.") % {
                "register": register_label(subject, pack)
            }
        case "no_rows":
            return _("The register “%(register)s” holds no verified record yet.") % {
                "register": register_label(subject, pack)
            }
        case "parameter_unset":
            return _("The office has not set the number “%(parameter)s” yet.") % {
                "parameter": parameter_label(subject, pack)
            }
        case "formula":
            refusal = refusal_of(commitment, catalogue_of(pack))
            message = refusal_text(refusal) if refusal else subject
            return _("The rule cannot be computed: %(message)s") % {"message": message}
        case _:
            return _FIXED[key]() if key in _FIXED else ""


def register_label(slug: str, pack: str) -> str:
    """The name of a register, offered or only declared by the pack; the slug when neither knows."""
    if slug in REGISTERS:
        return str(REGISTERS[slug].label)
    declared = _declared(pack, "registers", slug)
    return in_language(declared.label.zh, declared.label.en) if declared else slug


def parameter_label(name: str, pack: str) -> str:
    declared = _declared(pack, "parameters", name)
    return in_language(declared.label.zh, declared.label.en) if declared else name


_FIXED = {
    "population_empty": lambda: _("Nobody owes this here."),
    "denominator_zero": lambda: _("The denominator is zero, so there is no share."),
    "no_term": lambda: _("No term of office is on record."),
    "no_previous": lambda: _("There is no earlier figure to compare with."),
}


def _declared(pack: str, kind: str, name: str):
    """A ledger made from a notice alone has no pack, and declares nothing."""
    try:
        return getattr(shipped_pack(pack), kind).get(name)
    except PackError:
        return None
