"""From one version of a ledger pack to a newer one: what it changes, and taking it over.

What the office has answered stays: answers hang on the commitment, which keeps its row.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from taizhang.core.audit.trail import write_audit
from taizhang.core.parameters.clock import status_date
from taizhang.ledger.binding import clauses_in
from taizhang.ledger.current import shipped_pack
from taizhang.ledger.establish import (
    establish_areas,
    establish_item,
    packed_commitment,
    packed_duties,
    stated_parameters,
)
from taizhang.ledger.formula_refusals import check_pack
from taizhang.ledger.measured import settle_thresholds
from taizhang.ledger.models import (
    Clause,
    Commitment,
    Duty,
    Item,
    Ledger,
    in_language,
)
from taizhang.ledger.packs import LedgerPack
from taizhang.ledger.packs.model import PackCommitment, PackItem
from taizhang.ledger.permissions import APPROVE
from taizhang.ledger.retiring import retire
from taizhang.ledger.wording import CHANGED_FIELDS
from taizhang.lib.refusal import Refused
from taizhang.measures.catalogue import Catalogue
from taizhang.measures.exemptions import EXEMPTION
from taizhang.notices.normalise import text_hash
from taizhang.registers.catalogue import offered_registers
from taizhang.registers.spec import REGISTERS
from taizhang.ui.components import number

# What a newer pack can change of a commitment, as pages and the command list it.
FIELDS = (
    *("code", "duty_zh", "duty_en", "who_owes", "register", "modality", "kind", "scope"),
    *("population", "population_zh", "population_en", "population_definition"),
    *("numerator", "denominator", "comparator", "stated_target", "stated_target_to"),
    *("unit_zh", "unit_en", "period", "term_body", "by", "stated_planned"),
    *("threshold_source", "confidence", "evidence_zh", "evidence_en"),
    *("note_zh", "note_en"),
)
THRESHOLD = frozenset({"stated_target", "stated_target_to", "stated_planned"})


class UpgradeRefused(Refused):
    """The version of the ledger stays as it is."""


class Change(StrEnum):
    ADDED = "added"
    CHANGED = "changed"
    RETIRED = "retired"


@dataclass(frozen=True, slots=True)
class FieldChange:
    name: str
    old: object
    new: object

    @property
    def label(self) -> str:
        return str(CHANGED_FIELDS.get(self.name, self.name))

    @property
    def old_text(self) -> str:
        return _as_text(self.old)

    @property
    def new_text(self) -> str:
        return _as_text(self.new)


@dataclass(frozen=True, slots=True)
class CommitmentChange:
    """`code` is the new one. `answers`: how many standing answers it keeps.

    `exemptions`: how many decisions (R42) still name the code that it had. They are verified
    records, so a correction has to name the new one.
    """

    code: str
    duty_zh: str
    duty_en: str
    what: Change
    fields: tuple[FieldChange, ...] = ()
    answers: int = 0
    exemptions: int = 0

    @property
    def duty(self) -> str:
        return in_language(self.duty_zh, self.duty_en)

    @property
    def wants_a_look(self) -> bool:
        """The pack states another number than the one that the office answered on."""
        return bool(self.answers) and any(each.name in THRESHOLD for each in self.fields)


@dataclass(frozen=True, slots=True)
class Upgrade:
    """What lies between the version in force and a newer one.

    `items`: numbers of the items whose title or departments change. `kept_leads`: items whose
    departments the office has confirmed; they stay. `parameters`: name, old and new value.
    """

    from_version: str
    to_version: str
    commitments: tuple[CommitmentChange, ...]
    items: tuple[int, ...]
    kept_leads: tuple[int, ...]
    parameters: tuple[FieldChange, ...]

    def of(self, what: Change) -> list[CommitmentChange]:
        return [each for each in self.commitments if each.what is what]


def version_key(version: str) -> tuple[int, ...]:
    """Versions in order.

    >>> version_key("1.10") > version_key("1.9")
    True
    """
    return tuple(int(part) for part in version.split("."))


def newer_pack(ledger: Ledger) -> LedgerPack | None:
    """The pack of the ledger as it is shipped, where it is newer than the version in force."""
    if not ledger.has_pack:
        return None
    pack = shipped_pack(ledger.key)
    return pack if version_key(pack.version) > version_key(ledger.version) else None


def upgrade_to(ledger: Ledger, pack: LedgerPack) -> Upgrade:
    """What the pack would change; changes nothing. Raises UpgradeRefused when it is not newer."""
    _check_newer(ledger, pack)
    pairs = _pairs(ledger, pack)
    paired = {row.pk for row, _entry in pairs.values() if row is not None}
    standing = {item.number: item for item in ledger.items.prefetch_related("duties")}
    changes = [_change(row, entry, pack) for row, entry in pairs.values()]
    gone = Commitment.objects.stated().filter(item__ledger=ledger).exclude(pk__in=paired)
    retired = [
        CommitmentChange(
            row.code, row.duty_zh, row.duty_en, Change.RETIRED, answers=_standing_answers(row)
        )
        for row in gone
    ]
    stated = stated_parameters(pack)
    return Upgrade(
        from_version=ledger.version,
        to_version=pack.version,
        commitments=tuple(each for each in (*changes, *retired) if each is not None),
        items=tuple(p.number for p in pack.items if _differs(p, standing.get(p.number))),
        kept_leads=tuple(
            packed.number
            for packed in pack.items
            if packed.number in standing
            and _is_confirmed(standing[packed.number])
            and _duties_differ(packed, standing[packed.number])
        ),
        parameters=tuple(
            FieldChange(name, ledger.parameters.get(name), stated.get(name))
            for name in sorted(ledger.parameters.keys() | stated.keys())
            if ledger.parameters.get(name) != stated.get(name)
        ),
    )


@transaction.atomic
def upgrade_ledger(ledger: Ledger, pack: LedgerPack, *, by) -> Upgrade:
    """Take the newer pack over, all of it or nothing; returns what it changed.

    Answers, confirmed leads, the notice, its words and what the office wrote itself stay.
    Commitments that the pack has no more are retired with their answers. Everything is computed
    anew by the next evaluation, which then bears the new version. One audit row.

    Raises UpgradeRefused, and FormulaError when a formula does not fit the registers.
    """
    if by is not None and not by.holds(APPROVE):
        raise UpgradeRefused(
            _NOT_UPGRADED,
            _("This account may not take over a version."),
            _("The General Office and the leaders in charge may."),
        )
    ledger.refresh_from_db(from_queryset=Ledger.objects.select_for_update())
    upgrade = upgrade_to(ledger, pack)
    check_pack(pack, Catalogue({**pack.catalogue.registers, **offered_registers()}))
    pairs = _pairs(ledger, pack)
    establish_areas(pack)
    items = _take_items(ledger, pack)
    _take_commitments(ledger, pack, items, pairs)
    for packed in pack.items:
        _bind_again(items[packed.number], packed)
    ledger.version = pack.version
    ledger.title_zh, ledger.title_en = pack.title.zh, pack.title.en
    ledger.parameters = stated_parameters(pack)
    ledger.save(update_fields=["version", "title_zh", "title_en", "parameters"])
    settle_thresholds(status_date())
    write_audit(
        by=by,
        action="upgrade_ledger",
        subject="ledger.ledger",
        subject_no=ledger.key,
        changes={
            "version": (upgrade.from_version, upgrade.to_version),
            **{what.value: (None, [c.code for c in upgrade.of(what)]) for what in Change},
            **dict(_audited_fields(upgrade)),
        },
    )
    return upgrade


_NOT_UPGRADED = _("The version of the ledger was not changed.")

Pairs = Mapping[str, tuple[Commitment | None, PackCommitment]]


def _as_text(value: object) -> str:
    if value is None or value == "":
        return "—"
    if isinstance(value, Decimal):
        return number(value)
    if isinstance(value, list):
        return "、".join(
            str(each.get("zh", each)) if isinstance(each, dict) else str(each) for each in value
        )
    return str(value)


def _check_newer(ledger: Ledger, pack: LedgerPack) -> None:
    if pack.key != ledger.key:
        raise UpgradeRefused(
            _NOT_UPGRADED,
            _("The pack is of another ledger."),
            _("Choose the pack of this ledger."),
        )
    if version_key(pack.version) <= version_key(ledger.version):
        raise UpgradeRefused(
            _NOT_UPGRADED,
            _("The pack is not newer than the version in force."),
            _("Nothing is to be done."),
        )


def _pairs(ledger: Ledger, pack: LedgerPack) -> Pairs:
    """By new code each commitment of the pack with the row that it continues, if there is one.

    A row is continued under the code that `replaces` names, else under its own, also after it was
    retired by an earlier version.
    """
    rows = Commitment.with_retired.stated().filter(item__ledger=ledger).order_by("pk")
    by_code = {row.code: row for row in rows if row.retired_in}
    by_code |= {row.code: row for row in rows if not row.retired_in}
    entries = list(pack.commitments())
    replaced = {entry.replaces for entry in entries if entry.replaces in by_code}
    return {
        entry.code: (
            by_code.get(entry.replaces)
            or (None if entry.code in replaced else by_code.get(entry.code)),
            entry,
        )
        for entry in entries
    }


def _change(
    row: Commitment | None, entry: PackCommitment, pack: LedgerPack
) -> CommitmentChange | None:
    """None where nothing changes."""
    said = (entry.code, entry.duty.zh, entry.duty.en)
    if row is None:
        return CommitmentChange(*said, Change.ADDED)
    new = packed_commitment(row.item, row.position, entry, pack)
    fields = tuple(
        FieldChange(name, getattr(row, name), getattr(new, name))
        for name in FIELDS
        if getattr(row, name) != getattr(new, name)
    )
    if not fields and not row.retired_in:
        return None
    what = Change.ADDED if row.retired_in else Change.CHANGED
    named = 0 if row.code == entry.code else _exemptions_naming(row.code)
    return CommitmentChange(*said, what, fields, _standing_answers(row), named)


def _standing_answers(row: Commitment) -> int:
    return row.answers.filter(withdrawn_at=None).count()


def _exemptions_naming(code: str) -> int:
    spec = REGISTERS.get(EXEMPTION)
    return spec.model.objects.verified().filter(commitment=code).count() if spec else 0


def _differs(packed: PackItem, item: Item | None) -> bool:
    if item is None:
        return True
    titles = (packed.title.zh, packed.title.en)
    is_renamed = titles != (item.title_zh, item.title_en)
    return is_renamed or (_duties_differ(packed, item) and not _is_confirmed(item))


def _duties_differ(packed: PackItem, item: Item) -> bool:
    stated = [(name, name == packed.lead) for name in packed.departments]
    standing = [(duty.department_zh, duty.part == Duty.Part.LEAD) for duty in item.duties.all()]
    return stated != standing


def _is_confirmed(item: Item) -> bool:
    return any(duty.confirmed for duty in item.duties.all())


def _take_items(ledger: Ledger, pack: LedgerPack) -> dict[int, Item]:
    """The items by number, new ones among them; one that the pack has no more stays as it is."""
    items = {item.number: item for item in ledger.items.prefetch_related("duties")}
    for packed in pack.items:
        item = items.get(packed.number)
        if item is None:
            items[packed.number] = establish_item(ledger, packed, pack)
            continue
        item.title_zh, item.title_en = packed.title.zh, packed.title.en
        item.save(update_fields=["title_zh", "title_en"])
        if _duties_differ(packed, item) and not _is_confirmed(item):
            item.duties.all().delete()
            Duty.objects.bulk_create(packed_duties(item, packed, pack))
    return items


def _take_commitments(
    ledger: Ledger, pack: LedgerPack, items: Mapping[int, Item], pairs: Pairs
) -> None:
    continued = {row.pk: row for row, _entry in pairs.values() if row is not None}
    stated = Commitment.objects.stated().filter(item__ledger=ledger)
    retire(stated.exclude(pk__in=continued), pack.version)
    # Codes may change places: nobody holds the code that another one is given.
    for row in continued.values():
        Commitment.with_retired.filter(pk=row.pk).update(code=f"~{row.pk}")
    for packed in pack.items:
        for position, entry in enumerate(packed.commitments, start=1):
            row, _entry = pairs[entry.code]
            new = packed_commitment(items[packed.number], position, entry, pack)
            if row is None:
                new.save()
                continue
            for name in (*FIELDS, "position"):
                setattr(row, name, getattr(new, name))
            row.item, row.retired_in = items[packed.number], ""
            row.save()


def _bind_again(item: Item, packed: PackItem) -> None:
    """Lay the notice's words upon the commitments anew; none where the wording differs."""
    if not item.text:
        return
    clauses = clauses_in(packed, item.text)
    Clause.objects.filter(commitment__item=item, commitment__written_at=None).delete()
    item.text_differs = clauses is None
    item.save(update_fields=["text_differs"])
    commitments = {row.code: row for row in item.commitments.all()}
    Clause.objects.bulk_create(
        Clause(
            commitment=commitments[clause.code],
            start=clause.start,
            end=clause.end,
            text_hash=text_hash(item.text),
        )
        for clause in clauses or ()
    )


def _audited_fields(upgrade: Upgrade) -> Iterator[tuple[str, tuple[object, object]]]:
    for change in upgrade.of(Change.CHANGED):
        for each in change.fields:
            yield f"{change.code} {each.name}", (each.old, each.new)
