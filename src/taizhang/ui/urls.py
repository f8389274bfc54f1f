"""The gallery that shows every component."""

from django.urls import path

from taizhang.ui.views import components

urlpatterns = [path("ui/components/", components, name="ui_components")]
