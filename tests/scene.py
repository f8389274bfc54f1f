"""A small city with secrets, in which the sweeps visit every address."""

from dataclasses import dataclass
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from taizhang.core.access.models import User
from taizhang.core.files.actions import attach
from taizhang.core.files.models import Evidence
from taizhang.core.files.testing import upload
from taizhang.core.organisations.testing import CHANGLI, HAIGANG, PostFactory
from taizhang.domains.leadership.models import Meeting
from taizhang.domains.leadership.tests.factories import MeetingFactory
from taizhang.ledger.current import DEFAULT_PACK, shipped_pack
from taizhang.ledger.drafting.keeping import keep_draft
from taizhang.ledger.drafting.models import Draft
from taizhang.ledger.establish import establish_ledger
from taizhang.ledger.evaluation import evaluate_ledger
from taizhang.ledger.models import Commitment, Item, Ledger, Notice
from taizhang.ledger.receiving import receive_notice
from taizhang.registers.corrections.actions import propose_correction
from taizhang.registers.corrections.models import Correction
from taizhang.registers.lists.models import SavedView
from taizhang.registers.lists.saving import keep_view
from taizhang.registers.lists.search_index import rebuild_index
from taizhang.registers.sheets.models import ImportRun
from taizhang.registers.sheets.runs import start_import
from taizhang.registers.spec import REGISTERS

NOTICE = """秦皇岛市总工会办公室文件
秦工办〔2026〕3号
关于印发工作台账的通知
各县（区）总工会：
现将工作台账印发给你们，请认真落实。
1．各级政府每年至少召开一次与同级工会的联席会议。（责任单位：办公室）
秦皇岛市总工会办公室
2026年2月1日
"""

SHEET = "kind,held_on,region,convener_level,convener\nother,2026-03-18,海港区,county,海港区政府\n"


@dataclass(frozen=True)
class Scene:
    """Wang's draft in Haigang, a verified meeting there, Qian's verified one in Changli with a
    correction that he proposed, a person's name, a notice and an earlier one, a ledger that is out
    of force, a commitment that Chen wrote and one that she is writing, her own view of a list.

    `secrets`: who → the texts that no page of theirs may hold.
    """

    people: dict[str, User | None]
    draft: Meeting
    verified: Meeting
    other: Meeting
    correction: Correction
    evidence: Evidence
    notice: Notice
    earlier: Notice
    superseded: Ledger
    written: Commitment
    writing: Draft
    sheet: ImportRun
    view: SavedView
    secrets: dict[str, tuple[str, ...]]

    def client(self, who: str, **options: bool) -> Client:
        """A browser in which that person is signed in."""
        client = Client(**options)
        if self.people[who] is not None:
            client.force_login(self.people[who])
        return client


@pytest.fixture
def scene(tree, chen, liu, wang, qian, zhao, settings, tmp_path: Path) -> Scene:
    settings.MEDIA_ROOT = tmp_path / "uploads"
    settings.SNAPSHOT_DIR = tmp_path / "snapshots"
    establish_ledger(shipped_pack(DEFAULT_PACK), by=None)
    draft = MeetingFactory(
        record_no="R09-DRAFT",
        record_status="draft",
        entered_by=wang,
        owner_org=tree.plant,
        region_id=HAIGANG,
        convener="海港区政府甲会",
        agenda="海港区甲议题",
    )
    verified = MeetingFactory(
        record_no="R09-VERIFIED", owner_org=tree.plant, region_id=HAIGANG, convener="海港区政府甲会"
    )
    other = MeetingFactory(
        record_no="R09-OTHER",
        entered_by=qian,
        owner_org=tree.changli,
        region_id=CHANGLI,
        convener="昌黎县政府乙会",
        agenda="昌黎县乙议题",
    )
    PostFactory(org=tree.plant, owner_org=tree.plant, person_name="欧阳某某")
    evidence = attach("leadership.meeting", draft.pk, upload("甲会纪要.pdf"), by=wang)
    correction = propose_correction(
        REGISTERS["meeting"],
        other,
        {"agenda": "昌黎县乙议题续"},
        reason="纪要漏记",
        by=qian,
        version=other.version,
    )
    for spec in REGISTERS.values():
        rebuild_index(spec)
    evaluate_ledger()
    notice = receive_notice(NOTICE.encode(), "通知.txt", by=chen)
    earlier = receive_notice(NOTICE.replace("3号", "2号").encode(), "通知.txt", by=chen)
    superseded = Ledger.objects.create(
        key="notice-0",
        version="1",
        title_zh="旧",
        title_en="old",
        is_current=False,
        is_in_force=False,
    )
    of_haigang = ("海港区政府甲会", "海港区甲议题", "甲会纪要", "欧阳某某", tree.plant.name)
    of_changli = ("昌黎县政府乙会", "昌黎县乙议题")
    return Scene(
        people={
            "wang": wang,
            "liu": liu,
            "chen": chen,
            "qian": qian,
            "zhao": zhao,
            "anonymous": None,
        },
        draft=draft,
        verified=verified,
        other=other,
        correction=correction,
        evidence=evidence,
        notice=notice,
        earlier=earlier,
        superseded=superseded,
        written=_written(chen),
        writing=keep_draft(Item.objects.coded("5").get(), {"duty_zh": "开会"}, by=chen),
        sheet=start_import(REGISTERS["meeting"], "甲会.csv", SHEET.encode(), by=liu),
        view=keep_view(
            SavedView(register="meeting", name="其他会议", query="kind=other"),
            by=chen,
            is_shared=False,
        ),
        secrets={
            "wang": of_changli,
            "liu": of_changli,
            "chen": (),
            "qian": of_haigang,
            "zhao": of_haigang + of_changli,
            "anonymous": of_haigang + of_changli,
        },
    )


def _written(chen: User) -> Commitment:
    """One of the pack once more, as if the office had written it."""
    row = Commitment.objects.get(code="5.2")
    row.pk, row.code, row.written_by, row.written_at = None, "5.a", chen, timezone.now()
    row.save(force_insert=True)
    return row
