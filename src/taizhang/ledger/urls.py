"""The ledger's pages."""

from django.urls import path

from taizhang.ledger.views import (
    board,
    commitment,
    counting,
    desk,
    item,
    notices,
    organisation,
)

urlpatterns = [
    path("", board.board, name="board"),
    path("board/rows/", board.board_rows, name="board_rows"),
    path("items/<int:number>/", item.item, name="item"),
    path("commitments/<str:code>/", commitment.commitment, name="commitment"),
    path("organisations/<path:record_no>/", organisation.organisation, name="organisation"),
    path(
        "counts/<slug:slug>/<path:record_no>/",
        counting.record_commitments,
        name="record_commitments",
    ),
    path("desk/", desk.desk, name="desk"),
    path("notices/", notices.notices, name="notices"),
    path("notices/new/", notices.notice_upload, name="notice_upload"),
    path("notices/<int:pk>/", notices.notice, name="notice"),
    path("notices/<int:pk>/publish/", notices.notice_publish, name="notice_publish"),
    path("notices/<int:pk>/discard/", notices.notice_discard, name="notice_discard"),
]
