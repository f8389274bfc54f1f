"""The pages of the review."""

from django.urls import path

from taizhang.ledger.reviewing import commitment_views, views

urlpatterns = [
    path("notices/<int:pk>/", views.notice, name="notice"),
    path("notices/<int:pk>/head/", views.notice_head, name="notice_head"),
    path("notices/<int:pk>/right/", views.notice_confirm, name="notice_confirm"),
    path("notices/<int:pk>/items/new/", views.notice_item_new, name="notice_item_new"),
    path("notices/<int:pk>/items/<int:position>/", views.notice_item, name="notice_item"),
    path(
        "notices/<int:pk>/items/<int:position>/drop/",
        views.notice_item_drop,
        name="notice_item_drop",
    ),
    path(
        "notices/<int:pk>/items/<int:position>/restore/",
        views.notice_item_restore,
        name="notice_item_restore",
    ),
    path(
        "notices/<int:pk>/items/<int:position>/commitments/new/",
        commitment_views.notice_commitment_new,
        name="notice_commitment_new",
    ),
    path(
        "notices/<int:pk>/items/<int:position>/commitments/<int:start>-<int:end>/",
        commitment_views.notice_commitment,
        name="notice_commitment",
    ),
    path(
        "notices/<int:pk>/items/<int:position>/commitments/<int:start>-<int:end>/drop/",
        commitment_views.notice_commitment_drop,
        name="notice_commitment_drop",
    ),
]
