"""The pages of corrections, below those of a record; they stand before the registers' own."""

from django.urls import path, register_converter

from taizhang.registers.corrections.views import (
    DECISIONS,
    correction_decision,
    correction_new,
    correction_void,
)


class DecisionConverter:
    """What may be done with a proposal."""

    regex = "|".join(DECISIONS)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(DecisionConverter, "decision")

_RECORD = "<slug:slug>/<path:record_no>"

urlpatterns = [
    path(f"{_RECORD}/correct/", correction_new, name="correction_new"),
    path(f"{_RECORD}/propose-void/", correction_void, name="correction_void"),
    path(
        f"{_RECORD}/corrections/<int:pk>/<decision:decision>/",
        correction_decision,
        name="correction_decision",
    ),
]
