"""Record numbers for the rows of a package that bring none."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from taizhang.core.parameters.clock import status_date
from taizhang.core.records.models import Record, Serial
from taizhang.registers.packages.rows import Row


def number_rows(rows: Iterable[Row]) -> None:
    """Give a record number such as `R09-130302-2026-0001` to each row that has none.

    Call it in the transaction that saves the rows: the serials stay locked until its end.
    """
    rows = list(rows)
    year = status_date().year
    unnumbered: dict[tuple[type[Record], str], list[Row]] = defaultdict(list)
    for row in rows:
        if not row.record.record_no:
            prefix = "-".join(filter(None, (row.spec.code, _area(row), str(year))))
            unnumbered[row.spec.model, prefix].append(row)
    given = {(row.spec.model, row.record.record_no) for row in rows}
    for (model, prefix), own in unnumbered.items():
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
    if row.area:
        return row.area
    for column in ("org", "owner_org"):
        for target in row.targets.get(column, ()):
            return target.area
    return ""
