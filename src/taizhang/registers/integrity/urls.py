"""The pages of the data checks."""

from django.urls import path

from taizhang.registers.integrity.views import integrity, integrity_check

urlpatterns = [
    path("integrity/", integrity, name="integrity"),
    path("integrity/<str:key>/", integrity_check, name="integrity_check"),
]
