"""Data checks of democratic management (handbook 2.5 R28, R29)."""

from django.utils.translation import gettext_lazy as _

from taizhang.registers.integrity.offering import IntegrityCheck, offer_check

offer_check(
    IntegrityCheck(
        "congress.not_valid",
        "congress",
        _("Session does not meet the rules on attendance and composition"),
        "valid=false",
        _(
            "Two thirds of the delegates must be present; a congress has 30 delegates or more, "
            "a twentieth of the staff, at most a fifth of them managers. Compare the numbers."
        ),
    )
)
offer_check(
    IntegrityCheck(
        "congress_system.worker_director",
        "congress_system",
        _("300 employees or more, and said to need no worker director"),
        "worker_director_due=false and employer.headcount>=300 and employer.is_enterprise=true",
        _("Company Law 2023 art. 68: state why, if the unit is no company or has no board."),
    )
)
offer_check(
    IntegrityCheck(
        "congress_system.graded_without_day",
        "congress_system",
        _("Graded without a day"),
        "grade in(A,B,C) and graded_on=null",
        _("Enter the day on which the grade was given."),
    )
)
