"""From a pack to a ledger in the database."""

from decimal import Decimal

from django.db import transaction

from taizhang.core.audit.trail import write_audit
from taizhang.core.organisations.models import Area
from taizhang.ledger.formula_refusals import check_pack
from taizhang.ledger.models import Commitment, Duty, Item, Ledger
from taizhang.ledger.packs import LedgerPack
from taizhang.ledger.packs.model import PackCommitment, PackItem
from taizhang.measures.catalogue import Catalogue
from taizhang.registers.catalogue import offered_registers


@transaction.atomic
def establish_ledger(pack: LedgerPack, *, by) -> Ledger:
    """Make the pack the current ledger, with its areas; a ledger of the same key is kept as it is.

    The one that was current is in force no more; those beside it stay.
    Returns the ledger. Confirms no threshold: that is for the office (handbook 5.5).

    Raises FormulaError, with nothing kept, when a formula of the pack does not fit the registers.
    """
    known = Ledger.objects.filter(key=pack.key).first()
    if known is not None:
        return known
    check_pack(pack, Catalogue({**pack.catalogue.registers, **offered_registers()}))
    establish_areas(pack)
    Ledger.objects.filter(is_current=True).update(is_current=False, is_in_force=False)
    ledger = Ledger.objects.create(
        key=pack.key,
        pack_key=pack.key,
        version=pack.version,
        title_zh=pack.title.zh,
        title_en=pack.title.en,
        basis=pack.basis.document_number,
        basis_on=pack.basis.issued_on,
        parameters=stated_parameters(pack),
    )
    for packed in pack.items:
        item = establish_item(ledger, packed, pack)
        Commitment.objects.bulk_create(
            packed_commitment(item, position, entry, pack)
            for position, entry in enumerate(packed.commitments, start=1)
        )
    write_audit(
        by=by,
        action="establish_ledger",
        subject="ledger.ledger",
        subject_no=pack.key,
        changes={"version": (None, pack.version)},
    )
    return ledger


def stated_parameters(pack: LedgerPack) -> dict[str, str | None]:
    """The numbers that formulas take, as text; None where the pack leaves one to the office."""
    return {
        name: None if entry.value is None else str(entry.value)
        for name, entry in pack.parameters.items()
    }


def establish_areas(pack: LedgerPack) -> None:
    for entry in pack.areas:
        Area.objects.update_or_create(
            code=entry.area.code,
            defaults={
                "name_zh": entry.label.zh,
                "name_en": entry.label.en,
                "parent_id": entry.area.parent,
                "has_congress": entry.area.has_congress,
                "has_government": entry.area.has_government,
            },
        )


def establish_item(ledger: Ledger, packed: PackItem, pack: LedgerPack) -> Item:
    """The item with its duties, without commitments."""
    item = Item.objects.create(
        ledger=ledger,
        number=packed.number,
        title_zh=packed.title.zh,
        title_en=packed.title.en,
    )
    Duty.objects.bulk_create(packed_duties(item, packed, pack))
    return item


def packed_duties(item: Item, packed: PackItem, pack: LedgerPack) -> list[Duty]:
    """The departments of the item as the pack deals them out, not saved."""
    return [
        Duty(
            item=item,
            department_zh=name,
            department_en=pack.departments[name].en,
            part=Duty.Part.LEAD if name == packed.lead else Duty.Part.CO,
            confirmed=pack.lead_is_confirmed,
        )
        for name in packed.departments
    ]


def packed_commitment(
    item: Item, position: int, entry: PackCommitment, pack: LedgerPack
) -> Commitment:
    """The commitment as the pack states it, not saved."""
    stated = entry.commitment
    population = pack.populations[stated.population]
    unit = pack.units[stated.unit]
    target, target_to = _target_pair(stated.target)
    return Commitment(
        item=item,
        code=stated.code,
        position=position,
        duty_zh=entry.duty.zh,
        duty_en=entry.duty.en,
        who_owes=[
            {"code": code, "zh": pack.who[code].zh, "en": pack.who[code].en}
            for code in entry.who_owes
        ],
        register=entry.register,
        modality=stated.modality,
        kind=stated.kind,
        scope=stated.scope,
        population=stated.population,
        population_zh=population.label.zh,
        population_en=population.label.en,
        population_definition=population.definition,
        numerator=stated.numerator,
        denominator=stated.denominator,
        comparator=stated.comparator,
        target=target,
        target_to=target_to,
        stated_target=target,
        stated_target_to=target_to,
        unit_zh=unit.zh,
        unit_en=unit.en,
        period=stated.period,
        term_body=stated.term_body,
        by=list(stated.by),
        planned=stated.planned,
        stated_planned=stated.planned,
        threshold_source=stated.threshold_source,
        confidence=entry.confidence,
        evidence_zh=entry.evidence.zh,
        evidence_en=entry.evidence.en,
        note_zh=entry.note.zh if entry.note else "",
        note_en=entry.note.en if entry.note else "",
    )


def _target_pair(
    target: Decimal | tuple[Decimal, Decimal] | None,
) -> tuple[Decimal | None, Decimal | None]:
    return target if isinstance(target, tuple) else (target, None)
