"""What a run computes of what changed is what computing everything would leave (handbook 5.5)."""

from collections.abc import Callable
from datetime import date
from random import Random

import pytest

from taizhang.core.organisations.organisations import OrgState, OrgType
from taizhang.core.organisations.posts import PostType
from taizhang.core.organisations.testing import (
    HAIGANG,
    OrganisationFactory,
    PostFactory,
)
from taizhang.core.parameters.clock import fix_status_date
from taizhang.core.records.models import Record, RecordStatus
from taizhang.domains.leadership.models import Meeting, MeetingKind
from taizhang.domains.organising.elections import follow_terms
from taizhang.ledger.current import DEFAULT_PACK, shipped_pack
from taizhang.ledger.establish import establish_ledger
from taizhang.ledger.evaluation import evaluate_ledger, evaluate_stale
from taizhang.ledger.models import AssessmentRow, Commitment, FigureRow, ItemVerdict
from taizhang.ledger.thresholds import confirm_threshold
from taizhang.registers.actions import create_record, perform
from taizhang.registers.corrections.actions import accept, propose_correction, propose_void
from taizhang.registers.spec import REGISTERS
from taizhang.registers.testing_cast import create_account

STEPS = 16
WHY = "原件核对有误"


@pytest.fixture(autouse=True)
def ledger(tree, tmp_path, settings):
    settings.SNAPSHOT_DIR = tmp_path / "snapshots"
    fix_status_date(date(2026, 9, 30), source="test")
    return establish_ledger(shipped_pack(DEFAULT_PACK), by=None)


class Clerks:
    """Liu enters and proposes, Zheng of the city verifies and decides: one step at a time."""

    def __init__(self, chance: Random, tree, liu, zheng, ledger) -> None:
        self._chance, self._tree = chance, tree
        self._liu, self._zheng, self._ledger = liu, zheng, ledger
        self._steps: tuple[Callable[[], object], ...] = (
            self._hold_meeting,
            self._enter_draft,
            self._issue_policy,
            self._exempt,
            self._found_union,
            self._count_employees,
            self._correct_meeting,
            self._void_meeting,
            self._confirm_default,
            self._let_a_term_end,
        )

    def take_step(self) -> str:
        step = self._chance.choice(self._steps)
        step()
        return step.__name__

    def _hold_meeting(self) -> None:
        self._verify("meeting", self._enter("meeting", self._meeting()))

    def _enter_draft(self) -> None:
        self._enter("meeting", self._meeting())

    def _issue_policy(self) -> None:
        values = {
            "title": "联席会议制度",
            "topic": self._chance.choice(("joint_meeting", "democratic_duty")),
            "issuer": "海港区人民政府",
            "level": "county",
            "region": self._tree.areas[HAIGANG],
            "issued_on": self._day(),
            "state": self._chance.choice(("drafting", "in_force")),
        }
        self._verify("policy", self._enter("policy", values))

    def _exempt(self) -> None:
        decision = REGISTERS["exemption"].model.objects.create(
            record_no=f"X-{self._chance.random()}",
            owner_org=self._tree.haigang,
            entered_by=self._liu,
            entered_at="2026-09-30T01:00:00Z",
            record_status=RecordStatus.SUBMITTED,
            commitment=self._chance.choice(("5.1", "5.2", "1.5")),
            region=self._tree.areas[HAIGANG],
            reason="换届",
        )
        self._take("exemption", decision, "verify", by=self._zheng)

    def _found_union(self) -> None:
        """A chair is verified already, and counts once the union that it names is."""
        union = OrganisationFactory(
            org_type=OrgType.ENTERPRISE_UNION,
            parent=self._tree.haigang,
            owner_org=self._tree.haigang,
            employer=[self._tree.factory],
            record_status=RecordStatus.SUBMITTED,
            entered_by=self._liu,
        )
        PostFactory(org=union, post_type=PostType.CHAIR, full_time=True)
        self._take("org", union, "verify", by=self._zheng)

    def _count_employees(self) -> None:
        plant = self._tree.factory
        count = self._chance.choice((50, 99, 100, 199, 200))
        plant.refresh_from_db()
        if plant.headcount != count:
            self._correct("employer", plant, {"headcount": count})

    def _correct_meeting(self) -> None:
        meeting = self._verified_meeting()
        if meeting is not None:
            self._correct("meeting", meeting, {"held_on": self._another_day(meeting.held_on)})

    def _void_meeting(self) -> None:
        meeting = self._verified_meeting()
        if meeting is not None:
            proposed = propose_void(
                REGISTERS["meeting"], meeting, reason=WHY, by=self._liu, version=meeting.version
            )
            accept(proposed, by=self._zheng)

    def _confirm_default(self) -> None:
        commitments = Commitment.objects.filter(item__ledger=self._ledger)
        confirm_threshold(
            commitments.get(code=self._chance.choice(("1.1", "1.6", "3.1"))),
            by=self._zheng,
            source="秦工办字〔2026〕9号",
        )

    def _let_a_term_end(self) -> None:
        OrganisationFactory(
            parent=self._tree.haigang,
            employer=[self._tree.factory],
            term_end=date(2026, 6, 30),
            org_state=OrgState.ACTIVE,
        )
        follow_terms()

    # --- What the steps share ---

    def _meeting(self) -> dict[str, object]:
        return {
            "kind": self._chance.choice(
                (MeetingKind.GOV_UNION_JOINT, MeetingKind.PARTY_HEAR_REPORT)
            ),
            "convener_level": "county",
            "region": self._tree.areas[HAIGANG],
            "convener": "海港区人民政府",
            "held_on": self._day(),
        }

    def _day(self) -> date:
        days = (date(2025, 12, 31), date(2026, 1, 1), date(2026, 9, 30), date(2026, 3, 12))
        return self._chance.choice(days)

    def _another_day(self, day: date) -> date:
        return date(2025, 5, 1) if day.year == 2026 else date(2026, 5, 1)

    def _verified_meeting(self) -> Meeting | None:
        return self._chance.choice([None, *Meeting.objects.verified().order_by("pk")])

    def _enter(self, slug: str, values: dict[str, object]) -> Record:
        return create_record(REGISTERS[slug], values, by=self._liu)

    def _verify(self, slug: str, record: Record) -> None:
        submitted = self._take(slug, record, "submit", by=self._liu)
        self._take(slug, submitted, "verify", by=self._zheng)

    def _take(self, slug: str, record: Record, step: str, *, by) -> Record:
        return perform(REGISTERS[slug], record, step, by=by, version=record.version)

    def _correct(self, slug: str, record: Record, values: dict[str, object]) -> None:
        proposed = propose_correction(
            REGISTERS[slug], record, values, reason=WHY, by=self._liu, version=record.version
        )
        accept(proposed, by=self._zheng)


@pytest.mark.parametrize("seed", range(3))
def test_after_any_steps_a_run_leaves_what_computing_everything_would(seed, tree, liu, ledger):
    zheng = create_account("zheng", "郑部长", ("OFC", tree.city), ("DH", tree.city))
    chance = Random(seed)
    clerks = Clerks(chance, tree, liu, zheng, ledger)
    evaluate_ledger()
    at_first = _kept()

    taken = []
    for _ in range(STEPS):
        taken.append(clerks.take_step())
        if chance.random() < 0.3:
            evaluate_stale()
    evaluate_stale()
    incremental = _kept()
    evaluate_ledger()

    assert incremental == _kept(), taken
    assert incremental != at_first, taken  # the steps were about something


def test_a_new_day_is_computed_as_a_whole(tree, liu, ledger):
    evaluate_ledger()
    fix_status_date(date(2026, 12, 31), source="test")

    evaluate_stale()

    on_the_last_day = _kept()
    evaluate_ledger()
    assert on_the_last_day == _kept()


def _kept() -> dict[str, list[tuple]]:
    """Every cell of every figure, assessment and verdict that is kept, but for their ids."""
    kept = {}
    for model in (FigureRow, AssessmentRow, ItemVerdict):
        names = [field.attname for field in model._meta.fields if field.name != "id"]
        rows = model.objects.values_list(*names)
        kept[model.__name__] = sorted(tuple(map(repr, row)) for row in rows)
    return kept
