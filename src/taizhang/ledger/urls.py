"""The ledger's pages."""

from django.urls import path

from taizhang.ledger.views import (
    below,
    board,
    commitment,
    counting,
    desk,
    export,
    item,
    notices,
    organisation,
    thresholds,
    upkeep,
)

urlpatterns = [
    path("", board.board, name="board"),
    path("board/rows/", board.board_rows, name="board_rows"),
    path("board/export/", export.board_export, name="board_export"),
    path("items/<str:code>/", item.item, name="item"),
    path("commitments/<str:code>/", commitment.commitment, name="commitment"),
    path("commitments/<str:code>/trend/", commitment.commitment_trend, name="commitment_trend"),
    path(
        "organisations/<path:record_no>/below/",
        below.organisation_below,
        name="organisation_below",
    ),
    path("organisations/<path:record_no>/", organisation.organisation, name="organisation"),
    path(
        "counts/<slug:slug>/<path:record_no>/",
        counting.record_commitments,
        name="record_commitments",
    ),
    path("thresholds/", thresholds.thresholds, name="thresholds"),
    path("thresholds/answer/", thresholds.threshold_answer, name="threshold_answer"),
    path(
        "thresholds/parameters/<slug:name>/",
        thresholds.threshold_parameter,
        name="threshold_parameter",
    ),
    path(
        "thresholds/answers/<int:pk>/withdraw/",
        thresholds.threshold_withdraw,
        name="threshold_withdraw",
    ),
    path("thresholds/leads/", upkeep.leads, name="leads"),
    path("thresholds/version/", upkeep.pack_version, name="pack_version"),
    path("desk/", desk.desk, name="desk"),
    path("notices/", notices.notices, name="notices"),
    path("notices/new/", notices.notice_upload, name="notice_upload"),
    path("notices/<int:pk>/publish/", notices.notice_publish, name="notice_publish"),
    path("notices/<int:pk>/discard/", notices.notice_discard, name="notice_discard"),
]
