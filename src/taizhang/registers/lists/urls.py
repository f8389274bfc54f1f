"""The views of lists, below `/registers/<register>/views/`."""

from django.urls import path

from taizhang.registers.lists.views import view_delete, view_edit, view_new

urlpatterns = [
    path("<slug:slug>/views/new/", view_new, name="view_new"),
    path("<slug:slug>/views/<int:pk>/", view_edit, name="view_edit"),
    path("<slug:slug>/views/<int:pk>/delete/", view_delete, name="view_delete"),
]
