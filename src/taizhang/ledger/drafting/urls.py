"""The pages on which commitments are written."""

from django.urls import path

from taizhang.ledger.drafting import views
from taizhang.ledger.drafting import writing_views as writing

urlpatterns = [
    path("drafts/", views.drafts, name="drafts"),
    path("drafts/<int:pk>/", writing.draft, name="draft"),
    path("drafts/<int:pk>/drop/", views.draft_drop, name="draft_drop"),
    path("drafts/completions/", views.formula_completions, name="formula_completions"),
    path("items/<str:code>/write/", writing.draft_new, name="draft_new"),
    path("items/<str:code>/answer/", views.clause_answer, name="clause_answer"),
    path("commitments/<str:code>/revise/", writing.commitment_revise, name="commitment_revise"),
    path(
        "commitments/<str:code>/withdraw/",
        writing.commitment_withdraw,
        name="commitment_withdraw",
    ),
]
