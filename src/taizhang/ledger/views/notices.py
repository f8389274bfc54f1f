"""Notices (公文): received, published or discarded; `reviewing` has the page in between."""

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.text import format_lazy
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from taizhang.core.access.gate import permission_required
from taizhang.ledger.board import ledger_url
from taizhang.ledger.models import Notice
from taizhang.ledger.permissions import PUBLISH_NOTICES, READ_NOTICES
from taizhang.ledger.receiving import (
    AlreadyPublished,
    NoticeRefused,
    discard_notice,
    publish_notice,
    receive_notice,
    received_before,
)
from taizhang.ledger.reviewing.page import review
from taizhang.notices.errors import ReadingError
from taizhang.notices.formats import FORMATS

MAX_PASTED = 500_000  # characters: a notice of some five hundred pages
REFUSALS = {
    "file_not_readable": _("The file cannot be opened. Choose it again."),
    "empty_document": _(
        "The file holds no text. Check that it is the right one and save it again."
    ),
    "too_large": _(
        "The file is too large. Keep the notice and its annexes, and leave pictures out."
    ),
    "too_demanding": _(
        "Reading the file takes too much memory or time. Open it where it was written, keep the "
        "notice and its annexes, and save it as .docx or .txt."
    ),
    "unknown_format": _(
        "This kind of file cannot be read. Save it as .docx, .xlsx, .pdf, .html, .md or .txt."
    ),
    "not_text": _("The file is not text in UTF-8 or GB18030. Save it as plain text in UTF-8."),
    "broken_file": _(
        "The file is damaged or not what its name says. Open it where it was written and save it "
        "again."
    ),
    "encrypted_file": _("The file is locked with a password. Save a copy without one."),
    "scanned_file": _(
        "The file holds pictures of pages and no text. Ask the sender for the text, or run it "
        "through text recognition, and paste the text below."
    ),
    "converter_missing": _(
        "Files such as .doc, .wps, .rtf and .odt are converted by LibreOffice, which is not "
        "installed here or failed. Save the document as .docx or .xlsx."
    ),
}


class UploadForm(forms.Form):
    """A file, or the text of one that is only a picture."""

    file = forms.FileField(
        label=_("Notice"),
        required=False,
        help_text=format_lazy(
            _(
                "Word, Excel, PDF with text, web page or plain text ({endings}), with the ledger "
                "as a table or numbered paragraphs."
            ),
            endings=" ".join(FORMATS),
        ),
        widget=forms.FileInput(attrs={"accept": ",".join(FORMATS)}),
    )

    text = forms.CharField(
        label=_("or its text"),
        required=False,
        max_length=MAX_PASTED,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_(
            "For a scan: the text that recognition gave, or that the sender has. Paste all of it, "
            "with the head and the annex."
        ),
    )

    def clean_file(self):
        upload = self.cleaned_data["file"]
        if upload and upload.size > settings.UPLOAD_LIMIT_BYTES:
            raise forms.ValidationError(REFUSALS["too_large"])
        return upload

    def clean(self):
        said = super().clean()
        if not self.errors and bool(said.get("file")) == bool(said.get("text")):
            self.add_error("file", _("Choose a file or paste its text: one of the two."))
        return said

    @property
    def content(self) -> tuple[bytes, str]:
        """What was given, and the name of its file."""
        upload = self.cleaned_data["file"]
        if upload:
            return upload.read(), upload.name
        return self.cleaned_data["text"].encode(), str(_("Pasted text")) + ".txt"


@require_GET
@permission_required(READ_NOTICES)
def notices(request: HttpRequest) -> HttpResponse:
    """The notices received, newest first."""
    rows = Notice.objects.exclude(state=Notice.State.DISCARDED).order_by("-read_at", "-pk")
    rows = rows.prefetch_related("ledgers")
    context = {"notices": rows, "may_publish": request.user.holds(PUBLISH_NOTICES)}
    return render(request, "ledger/notices.html", context)


@permission_required(PUBLISH_NOTICES)
def notice_upload(request: HttpRequest) -> HttpResponse:
    """Choose a file or paste its text; it is read and shown to be confirmed, nothing goes live."""
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        content, name = form.content
        known = received_before(content)
        try:
            notice = receive_notice(content, name, by=request.user)
        except ReadingError as refusal:
            form.add_error("file", REFUSALS[refusal.key])
        else:
            if known:
                messages.info(request, _received_before_text(known))
            return redirect("notice", pk=notice.pk)
    return render(
        request, "ledger/notice_upload.html", {"form": form}, status=400 if form.errors else 200
    )


@require_POST
@permission_required(PUBLISH_NOTICES)
def notice_publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Publish it; where something is only guessed and nobody has looked at it, asks once."""
    row = get_object_or_404(Notice.objects.exclude(state=Notice.State.DISCARDED), pk=pk)
    if row.state == Notice.State.READ and request.POST.get("guesses") != "accepted":
        shown = review(row)
        if shown.items and shown.guesses:
            return render(request, "reviewing/publish.html", {"notice": row, "review": shown})
    try:
        report = publish_notice(row, by=request.user)
    except AlreadyPublished as refusal:
        messages.error(request, str(refusal))
        return redirect("notice_beside", pk=pk, old_pk=refusal.earlier.pk)
    except NoticeRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("notice", pk=pk)
    if report.bindings:
        text = ngettext(
            "Published. %(bound)d item carries its verbatim text and clauses.",
            "Published. %(bound)d items carry their verbatim text and clauses.",
            report.bound,
        ) % {"bound": report.bound}
        page = ledger_url(report.ledger)
    else:
        text = _("Published as a ledger of its own. Next: write what its items commit to.")
        page = f"{reverse('drafts')}?{urlencode({'ledger': report.ledger.key})}"
    messages.success(request, text)
    return redirect(page)


@require_POST
@permission_required(PUBLISH_NOTICES)
def notice_discard(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        discard_notice(get_object_or_404(Notice, pk=pk), by=request.user)
    except NoticeRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("notice", pk=pk)
    messages.success(request, _("The notice was discarded."))
    return redirect("notices")


def _received_before_text(known: Notice) -> str:
    text = _("This very file was received before, on %(day)s; here is what was read from it then.")
    return text % {"day": date_format(localdate(known.read_at))}
