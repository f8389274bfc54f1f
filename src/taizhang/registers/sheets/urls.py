"""The pages of sheets, below `/registers/<slug>/`; they go before those of records."""

from django.urls import path

from taizhang.registers.sheets.views.export import sheet_export, sheet_template
from taizhang.registers.sheets.views.importing import (
    import_cancel,
    import_columns,
    import_faults,
    import_new,
    import_progress,
    import_records,
    import_run,
    import_undo,
    import_write,
)

urlpatterns = [
    path("<slug:slug>/export.csv", sheet_export, {"form": "csv"}, name="sheet_csv"),
    path("<slug:slug>/export.xlsx", sheet_export, {"form": "xlsx"}, name="sheet_xlsx"),
    path("<slug:slug>/import/", import_new, name="import_new"),
    path("<slug:slug>/import/template.xlsx", sheet_template, name="sheet_template"),
    path("<slug:slug>/import/<int:pk>/", import_run, name="import_run"),
    path("<slug:slug>/import/<int:pk>/columns/", import_columns, name="import_columns"),
    path("<slug:slug>/import/<int:pk>/progress/", import_progress, name="import_progress"),
    path("<slug:slug>/import/<int:pk>/records/", import_records, name="import_records"),
    path("<slug:slug>/import/<int:pk>/faults.xlsx", import_faults, name="import_faults"),
    path("<slug:slug>/import/<int:pk>/write/", import_write, name="import_write"),
    path("<slug:slug>/import/<int:pk>/cancel/", import_cancel, name="import_cancel"),
    path("<slug:slug>/import/<int:pk>/undo/", import_undo, name="import_undo"),
]
