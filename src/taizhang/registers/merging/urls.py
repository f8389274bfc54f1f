"""The pages of duplicates, below those of a register; they stand before the registers' own."""

from django.urls import path

from taizhang.registers.merging.views import duplicates_distinct, duplicates_list, merge_new

_PAIR = "<slug:slug>/duplicates/<int:one>-<int:other>"

urlpatterns = [
    path("<slug:slug>/duplicates/", duplicates_list, name="duplicates"),
    path(f"{_PAIR}/", merge_new, name="merge_new"),
    path(f"{_PAIR}/distinct/", duplicates_distinct, name="duplicates_distinct"),
]
