"""Rules of not-applicable decisions that reach beyond one row (handbook 0.4, 4.4)."""

import re
from collections.abc import Collection, Mapping
from unicodedata import normalize

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from taizhang.core.organisations.models import Organisation
from taizhang.core.organisations.organisations import OrgType
from taizhang.domains.followup.models import Exemption
from taizhang.ledger.extension import commitment_codes
from taizhang.lib.nearest import nearest

CODE = re.compile(r"[1-9][0-9]?\.[1-9][0-9]?")


def check_commitment(record: Exemption, lists: Mapping[str, Collection]) -> None:
    """The ledger in force has the commitment; a decision on another would silently do nothing.

    Raises ValidationError with the nearest code. Without a ledger only the form is checked.
    """
    code, codes = record.commitment, commitment_codes()
    if not code or code in codes or (not codes and CODE.fullmatch(code)):
        return
    meant = _nearest_code(code, codes)
    if meant is not None:
        message = _("The ledger has no commitment “%(code)s”; did you mean %(meant)s?")
    elif codes:
        message = _("The ledger has no commitment “%(code)s”; look its code up on the board.")
    else:
        message = _("“%(code)s” is no code of a commitment: write item and number, such as 13.1.")
    raise ValidationError(
        {"commitment": ValidationError(message, params={"code": code, "meant": meant})}
    )


def check_whole_commitment(record: Exemption, lists: Mapping[str, Collection]) -> None:
    """Only the city takes a commitment from everybody; a county speaks for its own (handbook 4.4).

    Raises ValidationError.
    """
    names_unit = record.region_id or record.org_id or record.employer_id
    entered_below = Organisation.objects.filter(pk=record.owner_org_id).exclude(
        org_type=OrgType.CITY_FEDERATION
    )
    if not names_unit and entered_below.exists():
        raise ValidationError(
            {"region": _("Name the unit: only the city decides for a whole commitment.")}
        )


def _nearest_code(code: str, codes: Collection[str]) -> str | None:
    """A code of the same item rather than one that merely looks alike; ５．２ is taken for 5.2."""
    code = normalize("NFKC", code)
    number = re.match(r"[A-Z]*[0-9]+", code)
    same_item = [known for known in codes if number and known.startswith(f"{number[0]}.")]
    return nearest(code, same_item or codes)
