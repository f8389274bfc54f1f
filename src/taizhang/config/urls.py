"""The root addresses: each app brings its own."""

from django.urls import include, path

urlpatterns = [
    path("", include("taizhang.core.access.urls")),
    path("registers/", include("taizhang.registers.corrections.urls")),
    path("registers/", include("taizhang.registers.merging.urls")),
    path("registers/", include("taizhang.registers.sheets.urls")),
    path("registers/", include("taizhang.registers.lists.urls")),
    path("registers/", include("taizhang.registers.urls")),
    path("", include("taizhang.registers.api.urls")),
    path("", include("taizhang.ui.urls")),
    path("", include("taizhang.core.files.urls")),
    path("", include("taizhang.registers.integrity.urls")),
    path("", include("taizhang.ledger.urls")),
    path("", include("taizhang.ledger.reviewing.urls")),
    path("", include("taizhang.ledger.drafting.urls")),
    path("", include("taizhang.ledger.superseding.urls")),
]
