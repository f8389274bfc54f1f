"""Record numbers: register code, area, year and a serial, given out once and never again."""

from django.db import transaction

from taizhang.core.parameters.clock import status_date
from taizhang.core.records.models import Record, Serial
from taizhang.registers.spec import RegisterSpec


def next_record_no(spec: RegisterSpec, area: str) -> str:
    """The next free number, such as `R09-130302-2026-0001`; the year is that of the status date.

    Call it in the transaction that saves the record: its serial stays locked until the end.
    """
    prefix = number_prefix(spec, area)
    with transaction.atomic():
        Serial.objects.get_or_create(prefix=prefix)
        serial = Serial.objects.select_for_update().get(prefix=prefix)
        serial.last += 1
        # A package may have brought its own number of this form.
        while _is_taken(spec.model, str(serial)):
            serial.last += 1
        serial.save()
    return str(serial)


def number_prefix(spec: RegisterSpec, area: str) -> str:
    """What stands before the serial, such as `R09-130302-2026`, or `R09-2026` without an area."""
    return "-".join(filter(None, (spec.code, area, str(status_date().year))))


def _is_taken(model: type[Record], number: str) -> bool:
    return model.objects.filter(record_no=number).exists()
