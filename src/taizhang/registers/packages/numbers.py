"""Record numbers for the rows of a package that bring none."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from taizhang.core.records.models import Serial
from taizhang.registers.numbering import number_prefix
from taizhang.registers.packages.rows import Row
from taizhang.registers.spec import REGISTERS


def number_rows(rows: Iterable[Row]) -> None:
    """Give a record number such as `R09-130302-2026-0001` to each row that has none.

    Call it in the transaction that saves the rows: the serials stay locked until its end.
    """
    rows = list(rows)
    unnumbered: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        if not row.record.record_no:
            unnumbered[row.spec.slug, _area(row)].append(row)
    given = {(row.spec.model, row.record.record_no) for row in rows}
    for (slug, area), own in unnumbered.items():
        model, prefix = REGISTERS[slug].model, number_prefix(REGISTERS[slug], area)
        taken = {number for of, number in given if of is model and number.startswith(prefix)}
        stored = model.objects.filter(record_no__startswith=prefix)
        taken.update(stored.values_list("record_no", flat=True))
        for row, number in zip(own, _free_numbers(prefix, taken, len(own)), strict=True):
            row.record.record_no = number


def _free_numbers(prefix: str, taken: set[str], count: int) -> Iterator[str]:
    """`count` numbers that nobody has; a package may have brought numbers of this form."""
    Serial.objects.get_or_create(prefix=prefix)
    serial = Serial.objects.select_for_update().get(prefix=prefix)
    numbers: list[str] = []
    while len(numbers) < count:
        serial.last += 1
        if str(serial) not in taken:
            numbers.append(str(serial))
    serial.save()
    return iter(numbers)


def _area(row: Row) -> str:
    """The row's own area, else that of the union that it tells of or that entered it."""
    unions = (*row.targets.get("org", ()), *row.targets.get("owner_org", ()))
    return row.area or next((union.area for union in unions), "")
