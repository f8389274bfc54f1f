"""Rules between sessions, votes and systems that reach beyond one row (handbook 2.5 R28, R29)."""

from collections.abc import Collection, Mapping

from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from taizhang.core.records.models import RecordStatus
from taizhang.domains.congress.models import (
    FIRST_YEAR,
    LAST_YEAR,
    Congress,
    CongressMatter,
    CongressSystem,
)


def check_votes(record: Congress, lists: Mapping[str, Collection]) -> None:
    """A session keeps at least as many present as voted yes on any of its matters.

    Raises ValidationError for `present`.
    """
    if record.pk is None or record.present is None:
        return
    matters = record.matters.exclude(record_status=RecordStatus.VOID)
    most = matters.aggregate(most=Max("yes"))["most"]
    if most is not None and most > record.present:
        raise ValidationError(
            {
                "present": ValidationError(
                    _("On a matter of this session %(yes)d voted yes; as many were present."),
                    params={"yes": most},
                )
            }
        )


def check_vital_done(record: CongressSystem, lists: Mapping[str, Collection]) -> None:
    """What was decided in all ways is not fewer than what congresses voted on in that year.

    Raises ValidationError for `vital_done`.
    """
    if record.vital_done is None or record.year is None or record.employer_id is None:
        return
    if not FIRST_YEAR <= record.year <= LAST_YEAR:  # a fault of its own, and no year to ask for
        return
    voted = (
        CongressMatter.objects.verified()
        .filter(
            vital=True,
            congress__record_status=RecordStatus.VERIFIED,
            congress__employer=record.employer_id,
            congress__held_on__year=record.year,
        )
        .count()
    )
    if voted > record.vital_done:
        raise ValidationError(
            {
                "vital_done": ValidationError(
                    _("The congress of this unit voted on %(voted)d vital matters in %(year)s."),
                    params={"voted": voted, "year": record.year},
                )
            }
        )
