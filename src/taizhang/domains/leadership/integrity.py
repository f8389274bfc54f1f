"""Data checks of submissions and policy documents (handbook 2.5 R10, R12)."""

from django.utils.translation import gettext_lazy as _

from taizhang.registers.integrity.offering import IntegrityCheck, Severity, offer_check

offer_check(
    IntegrityCheck(
        "submission.replied_before_sent",
        "submission",
        _("Replied to before it was sent"),
        "replied_on<submitted_on",
        _("Compare both days with the documents."),
        Severity.ERROR,
    )
)
offer_check(
    IntegrityCheck(
        "submission.closed_before_sent",
        "submission",
        _("Closed before it was sent"),
        "closed_on<submitted_on",
        _("Compare both days with the documents."),
        Severity.ERROR,
    )
)
offer_check(
    IntegrityCheck(
        "submission.report_with_reply",
        "submission",
        _("A report with a reply"),
        "kind=report and reply_kind in(approved,guidance,returned)",
        _("Only a request is replied to: enter what was asked for as a request of its own."),
    )
)
offer_check(
    IntegrityCheck(
        "policy.expired_in_force",
        "policy",
        _("Marked as in force after its last day"),
        "state=in_force and valid_to<today",
        _("Mark it as expired, or enter the document that prolongs it."),
    )
)
offer_check(
    IntegrityCheck(
        "policy.not_confirmed",
        "policy",
        _("Not confirmed again when it was due"),
        "state=in_force and review_due_on<today",
        _("Ask the issuer whether the document is still followed, and enter the next day."),
    )
)
