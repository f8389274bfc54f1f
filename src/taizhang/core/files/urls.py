"""The address of each file."""

from django.urls import path

from taizhang.core.files.views import evidence

urlpatterns = [path("evidence/<int:pk>/", evidence, name="evidence")]
