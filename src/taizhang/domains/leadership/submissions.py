"""Requests and reports to the Party committee (R10), handbook 2.5; the rhythm of item 1."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from taizhang.core.records.indexes import list_indexes
from taizhang.core.records.models import Record


class SubmissionKind(models.TextChoices):
    REQUEST = "request", _("Request for instructions")
    REPORT = "report", _("Report")


class ReplyKind(models.TextChoices):
    APPROVED = "approved", _("Approved")
    GUIDANCE = "guidance", _("Guidance given")
    RETURNED = "returned", pgettext_lazy("by the Party committee", "Returned")
    NONE = "none", _("No reply")


class Submission(Record):
    """A request or a report on one matter; it counts on the day it was sent, else due.

    It belongs to the federation that entered it, as it names no other.
    """

    REGISTER = "leadership.submission"

    kind = models.CharField(
        _("request or report"),
        max_length=8,
        choices=SubmissionKind,
        help_text=_("A report never carries a request: send that by itself."),
    )
    subject = models.CharField(_("subject"), max_length=200)
    is_major = models.BooleanField(
        _("on the list of reportable matters"),
        null=True,
        blank=True,
    )
    event_on = models.DateField(_("matter arose on"), null=True, blank=True)
    due_on = models.DateField(
        _("due on"),
        null=True,
        blank=True,
        help_text=_("From the list: the same day, within five workdays, or once a year."),
    )
    submitted_on = models.DateField(_("sent on"), null=True, blank=True)
    replied_on = models.DateField(_("replied on"), null=True, blank=True)
    reply_kind = models.CharField(_("reply"), max_length=8, choices=ReplyKind, blank=True)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)

    class Meta:
        verbose_name = _("request or report to the Party committee")
        verbose_name_plural = _("requests and reports to the Party committee")
        constraints = [
            *Record.Meta.constraints,
            models.CheckConstraint(
                condition=Q(kind=SubmissionKind.REQUEST) | Q(replied_on__isnull=True),
                name="submission_only_requests_are_replied_to",
                violation_error_message=_(
                    "Only a request is replied to: enter a report without a day of reply."
                ),
            ),
        ]
        indexes = [
            *list_indexes(
                "kind",
                "is_major",
                "reply_kind",
                "record_status",
                order="due_on",
                sorts=("submitted_on",),
            )
        ]

    def __str__(self) -> str:
        return self.subject
