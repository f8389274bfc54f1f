"""The root addresses: each app brings its own."""

from django.urls import include, path

urlpatterns = [
    path("accounts/", include("allauth.urls")),
    path("language/", include("django.conf.urls.i18n")),
    path("registers/", include("taizhang.registers.urls")),
    path("", include("taizhang.ui.urls")),
    path("", include("taizhang.core.files.urls")),
    path("", include("taizhang.ledger.urls")),
]
