"""The pages of superseding."""

from django.urls import path

from taizhang.ledger.superseding import views

urlpatterns = [
    path("notices/<int:pk>/beside/", views.notice_candidates, name="notice_candidates"),
    path("notices/<int:pk>/beside/<int:old_pk>/", views.notice_beside, name="notice_beside"),
    path("commitments/carried/<int:pk>/looked/", views.carried_looked_at, name="carried_looked_at"),
    path("ledgers/<slug:key>/", views.superseded_ledger, name="superseded_ledger"),
]
