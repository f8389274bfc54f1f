"""The document is kept as it was read, and the page does without the file."""

import zlib

from django.urls import reverse

from taizhang.ledger.reviewing.documents import document_of
from taizhang.ledger.reviewing.models import KeptDocument
from taizhang.notices.kept_document import kept_document
from taizhang.notices.read import read_notice


def page_of(client, notice) -> str:
    return client.get(reverse("notice", args=[notice.pk])).content.decode()


def test_what_is_kept_is_the_document_that_was_read(notice):
    with notice.file.open("rb") as file:
        read = read_notice(file.read(), filename=notice.file_name)

    assert document_of(notice) == read.document


def test_the_page_does_not_read_the_file(notice, client, chen):
    notice.file.storage.delete(notice.file.name)
    client.force_login(chen)

    page = page_of(client, notice)

    assert 'id="from-item-1"' in page


def test_a_notice_received_before_documents_were_kept_gets_its_own(notice, client, chen):
    KeptDocument.objects.all().delete()
    client.force_login(chen)

    page = page_of(client, notice)

    assert 'id="from-item-1"' in page
    assert KeptDocument.objects.filter(notice=notice).exists()


def test_a_document_kept_in_another_form_is_kept_anew(notice):
    kept = bytes(KeptDocument.objects.get().content)
    KeptDocument.objects.update(content=zlib.compress(b'{"form": 0}'))

    document = document_of(notice)

    assert document == kept_document(kept)
    assert KeptDocument.objects.get().content == kept


def test_a_document_that_the_reading_does_not_quote_is_not_kept(notice):
    KeptDocument.objects.all().delete()
    notice.reading["text_hash"] = "0" * 64

    document_of(notice)

    assert not KeptDocument.objects.exists()


def test_without_document_and_file_the_reading_stands_alone(notice, client, chen):
    KeptDocument.objects.all().delete()
    notice.file.storage.delete(notice.file.name)
    client.force_login(chen)

    page = page_of(client, notice)

    assert "原文件已丢失" in page
    assert "每年召开两次" in page


def test_a_file_that_the_present_reader_refuses_is_no_error(notice, client, chen):
    KeptDocument.objects.all().delete()
    notice.file.storage.delete(notice.file.name)
    with notice.file.storage.open(notice.file.name, "wb") as file:
        file.write(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    client.force_login(chen)

    page = page_of(client, notice)

    assert "每年召开两次" in page
