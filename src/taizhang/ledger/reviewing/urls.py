"""The pages of the review."""

from django.urls import path

from taizhang.ledger.reviewing import views

urlpatterns = [
    path("notices/<int:pk>/", views.notice, name="notice"),
    path("notices/<int:pk>/head/", views.notice_head, name="notice_head"),
    path("notices/<int:pk>/items/new/", views.notice_item_new, name="notice_item_new"),
    path("notices/<int:pk>/items/<int:position>/", views.notice_item, name="notice_item"),
    path(
        "notices/<int:pk>/items/<int:position>/drop/",
        views.notice_item_drop,
        name="notice_item_drop",
    ),
]
