"""The pages on which commitments are written."""

from django.urls import path

from taizhang.ledger.drafting import views

urlpatterns = [
    path("drafts/", views.drafts, name="drafts"),
    path("drafts/<int:pk>/", views.draft, name="draft"),
    path("drafts/<int:pk>/drop/", views.draft_drop, name="draft_drop"),
    path("drafts/completions/", views.formula_completions, name="formula_completions"),
    path("items/<str:code>/write/", views.draft_new, name="draft_new"),
    path("items/<str:code>/answer/", views.clause_answer, name="clause_answer"),
    path("commitments/<str:code>/revise/", views.commitment_revise, name="commitment_revise"),
    path("commitments/<str:code>/withdraw/", views.commitment_withdraw, name="commitment_withdraw"),
]
