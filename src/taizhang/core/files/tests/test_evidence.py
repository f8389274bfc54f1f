"""Evidence: kept with its hash, refused with the reason, handed to who may see the record."""

import hashlib
from pathlib import Path

import pytest
from django.db import DatabaseError
from django.urls import reverse
from django.utils import translation

from taizhang.core.audit.models import AuditRow
from taizhang.core.files import actions
from taizhang.core.files.actions import UploadRefused, attach
from taizhang.core.files.models import Evidence
from taizhang.core.files.owners import UnknownRegister, record_model
from taizhang.core.files.testing import HTML, PDF, PROGRAM, upload
from taizhang.core.organisations.testing import PostFactory

EMPLOYER = "organising.employer"


@pytest.fixture(autouse=True)
def store(settings, tmp_path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "uploads"
    return settings.MEDIA_ROOT


@pytest.fixture
def evidence(tree, liu) -> Evidence:
    """The minutes that Liu put beside the plant's row."""
    return attach(EMPLOYER, tree.factory.pk, upload("会议纪要 1.pdf"), by=liu)


def kept_files(store: Path) -> list[Path]:
    return [path for path in store.rglob("*") if path.is_file()]


def test_a_file_is_kept_with_its_hash_under_a_name_that_tells_nothing(evidence, store, liu):
    (kept,) = kept_files(store)

    assert kept.read_bytes() == PDF
    assert "纪要" not in kept.name
    assert kept.suffix == ""
    assert kept.stat().st_mode & 0o777 == 0o600
    assert evidence.name == "会议纪要 1.pdf"
    assert evidence.sha256 == hashlib.sha256(PDF).hexdigest()
    assert (evidence.size, evidence.uploaded_by) == (len(PDF), liu)
    row = AuditRow.objects.get()
    assert (row.action, row.subject, row.subject_no) == ("attach", EMPLOYER, "EMP-PLANT")
    assert row.changes["sha256"] == [None, evidence.sha256]


def test_uploads_lie_outside_what_is_served_as_static(settings):
    assert Path(settings.STATIC_ROOT) not in Path(settings.MEDIA_ROOT).parents


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("纪要.pdf", PROGRAM, "not a sound pdf file"),
        ("纪要.pdf", HTML, "not a sound pdf file"),
        ("纪要.exe", PROGRAM, "of a kind that is not accepted"),
        ("纪要.pdf", b"", "is empty"),
    ],
)
def test_what_is_not_what_it_says_is_refused_and_nothing_is_kept(
    tree, liu, store, name, content, says
):
    with translation.override("en"), pytest.raises(UploadRefused, match=says):
        attach(EMPLOYER, tree.factory.pk, upload(name, content), by=liu)

    assert not kept_files(store)
    assert not Evidence.objects.exists()
    assert not AuditRow.objects.exists()


def test_the_refusal_says_in_both_languages_what_to_do(tree, liu):
    with pytest.raises(UploadRefused) as refusal:
        attach(EMPLOYER, tree.factory.pk, upload("纪要.pdf", HTML), by=liu)

    with translation.override("zh-hans"):
        assert str(refusal.value) == (
            "文件未保存。“纪要.pdf”不是有效的 pdf 文件：内容与扩展名不符。"
            "请用原程序打开并另存为该格式；不要直接修改扩展名，也不要包含宏。"
        )
    with translation.override("en"):
        assert str(refusal.value).startswith("The file was not kept. “纪要.pdf” is not a sound")


def test_a_file_above_the_limit_is_refused_with_both_sizes(tree, liu, settings):
    settings.UPLOAD_LIMIT_BYTES = 10

    with translation.override("en"), pytest.raises(UploadRefused, match=r"10\sbytes"):
        attach(EMPLOYER, tree.factory.pk, upload(), by=liu)


@pytest.mark.parametrize("who", ["qian", "zhao", "chen"])
def test_only_who_may_enter_in_the_record_adds_a_file(tree, request, who, store):
    with pytest.raises(UploadRefused):
        attach(EMPLOYER, tree.factory.pk, upload(), by=request.getfixturevalue(who))

    assert not kept_files(store)


def test_a_file_whose_row_fails_does_not_stay(tree, liu, store, monkeypatch):
    def fail(**_kwargs):
        raise DatabaseError

    monkeypatch.setattr(actions, "write_audit", fail)

    with pytest.raises(DatabaseError):
        attach(EMPLOYER, tree.factory.pk, upload(), by=liu)
    assert not kept_files(store)
    assert not Evidence.objects.exists()


@pytest.mark.parametrize("who", ["chen", "liu"])
def test_a_file_is_handed_to_who_sees_the_record_and_never_run(client, evidence, request, who):
    client.force_login(request.getfixturevalue(who))

    response = client.get(reverse("evidence", args=[evidence.pk]))

    assert response.getvalue() == PDF
    assert response["Content-Disposition"] == (
        "attachment; filename*=utf-8''%E4%BC%9A%E8%AE%AE%E7%BA%AA%E8%A6%81%201.pdf"
    )
    assert response["Content-Type"] == "application/pdf"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == (
        "default-src 'none'; frame-ancestors 'none'; sandbox"
    )
    assert response["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("who", ["qian", "zhao"])
def test_hidden_and_missing_look_the_same(client, evidence, request, who):
    client.force_login(request.getfixturevalue(who))

    hidden = client.get(reverse("evidence", args=[evidence.pk]))
    missing = client.get(reverse("evidence", args=[evidence.pk + 1]))

    assert hidden.status_code == missing.status_code == 404


def test_a_file_gone_from_the_store_is_missing(client, evidence, liu, store):
    client.force_login(liu)
    kept_files(store)[0].unlink()

    assert client.get(reverse("evidence", args=[evidence.pk])).status_code == 404


def test_nothing_is_posted_to_a_file(client, evidence, liu):
    client.force_login(liu)

    assert client.post(reverse("evidence", args=[evidence.pk])).status_code == 405


def test_a_look_at_personal_evidence_is_logged_and_one_at_internal_is_not(
    client, tree, liu, evidence
):
    post = PostFactory(org=tree.plant, confidentiality="S2")
    personal = attach("organising.post", post.pk, upload(), by=liu)
    client.force_login(liu)

    for each in (evidence, personal):
        assert client.get(reverse("evidence", args=[each.pk])).getvalue() == PDF

    looks = AuditRow.objects.filter(action="open_evidence")
    assert [(row.actor, row.subject_no) for row in looks] == [(liu, post.record_no)]


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("纪要\r\nSet-Cookie: a=b.pdf", "纪要Set-Cookie: a=b.pdf"),
        ("纪要\u202efdp.pdf", "纪要fdp.pdf"),
        ("长" * 300 + ".pdf", "长" * 196 + ".pdf"),
    ],
)
def test_names_lose_what_hides_or_reorders_them_and_keep_their_extension(given, kept):
    assert actions.plain_name(given) == kept


def test_an_unknown_register_is_an_error():
    with pytest.raises(UnknownRegister):
        record_model("organising.nothing")
