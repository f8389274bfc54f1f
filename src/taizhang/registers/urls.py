"""The pages of all registers, below `/registers/`."""

from django.urls import path, register_converter

from taizhang.registers.views.entry import record_edit, record_new
from taizhang.registers.views.index import registers
from taizhang.registers.views.listing import register_list
from taizhang.registers.views.options import register_options
from taizhang.registers.views.record import record
from taizhang.registers.views.steps import evidence_add, record_transition
from taizhang.registers.workflow import WORKFLOW


class TransitionConverter:
    """The steps of the workflow; all else belongs to a record number, which may hold a slash."""

    regex = "|".join(WORKFLOW)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(TransitionConverter, "transition")

urlpatterns = [
    path("", registers, name="registers"),
    path("<slug:slug>/", register_list, name="register_list"),
    path("<slug:slug>/new/", record_new, name="record_new"),
    path("<slug:slug>/options/", register_options, name="register_options"),
    path("<slug:slug>/<path:record_no>/edit/", record_edit, name="record_edit"),
    path("<slug:slug>/<path:record_no>/evidence/", evidence_add, name="evidence_add"),
    path(
        "<slug:slug>/<path:record_no>/<transition:step>/",
        record_transition,
        name="record_transition",
    ),
    path("<slug:slug>/<path:record_no>/", record, name="record"),
]
