"""Pages: whatever the order and the way they are filled, each record once, none left out."""

from datetime import date, timedelta

import pytest
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from taizhang.core.access.models import User
from taizhang.core.organisations.models import Organisation
from taizhang.core.organisations.testing import (
    CHANGLI,
    CITY,
    HAIGANG,
    FederationFactory,
    OrganisationFactory,
    create_areas,
)
from taizhang.core.records.models import RecordStatus
from taizhang.domains.leadership.models import MeetingKind
from taizhang.domains.leadership.tests.factories import MeetingFactory, PolicyFactory
from taizhang.registers.listing import CURSOR, list_page, list_rows
from taizhang.registers.lists import page as page_module
from taizhang.registers.lists import paging, reach
from taizhang.registers.lists.filters import filter_form
from taizhang.registers.lists.ordering import order_of, sortable
from taizhang.registers.lists.search_index import rebuild_index
from taizhang.registers.spec import REGISTERS
from taizhang.registers.testing_cast import CityOfTests, create_account

pytestmark = pytest.mark.django_db
MEETING, POLICY = REGISTERS["meeting"], REGISTERS["policy"]


def walk(spec, by, **asked: str) -> list[str]:
    """The record numbers from the first page to the last."""
    numbers, cursor = [], ""
    while True:
        query = QueryDict(mutable=True)
        query.update({**asked, **({CURSOR: cursor} if cursor else {})})
        page = list_page(spec, by, query)
        numbers += [record.record_no for record in page.rows]
        if not page.cursor:
            return numbers
        cursor = page.cursor


def asked_for(**asked: str) -> QueryDict:
    query = QueryDict(mutable=True)
    query.update(asked)
    return query


class TestEveryWay(TestCase):
    """All ways of filling a page give the records that one plain query gives."""

    policies = st.lists(
        st.tuples(
            st.one_of(st.none(), st.integers(0, 2)),  # day of issue
            st.sampled_from(["甲", "乙", ""]),
            st.sampled_from([HAIGANG, CHANGLI]),
            st.sampled_from([None, "H", "T"]),  # entered by
            st.sampled_from([RecordStatus.VERIFIED, RecordStatus.VOID]),
        ),
        max_size=9,
    )

    @settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
    @given(
        rows=policies,
        sort=st.sampled_from(["issued_on", "-issued_on", "title", "-title", "record_no", ""]),
        narrowed=st.fixed_dictionaries(
            {},
            optional={
                "region": st.sampled_from([HAIGANG, CHANGLI]),
                "q": st.sampled_from(["甲", "甲甲"]),
                "issued_on_from": st.just("2026-01-02"),
                "under": st.just("T"),
            },
        ),
        reader=st.sampled_from(["city", "county", "primary"]),
        few=st.sampled_from([-1, 2, 1000]),
        walked=st.sampled_from([1, 3, 1000]),
    )
    def test_pages_hold_what_a_plain_query_holds_in_its_order(
        self, rows, sort, narrowed, reader, few, walked
    ):
        by, unions = self.reader(reader)
        for number, (day, title, area, entered_by, status) in enumerate(rows):
            PolicyFactory(
                record_no=f"P-{number}",
                title=title * 2,
                state="drafting",
                issued_on=None if day is None else date(2026, 1, 1) + timedelta(days=day),
                region_id=area,
                owner_org=unions.get(entered_by),
                record_status=status,
            )
        rebuild_index(POLICY)
        asked = {**narrowed, **({"sort": sort} if sort else {})}

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(paging, "FEW", few)
            patch.setattr(paging, "WALKED", walked)
            patch.setattr(page_module, "PAGE_ROWS", 2)
            pages = walk(POLICY, by, **asked)

        plain = list_rows(POLICY, by, asked_for(**asked))
        assert pages == [record.record_no for record in plain]
        assert len(pages) == len(set(pages))

    def reader(self, name: str) -> tuple[User, dict[str, Organisation]]:
        """Who reads, and the unions that enter: a federation of Haigang, and one of a plant."""
        create_areas()
        city = FederationFactory(record_no="CITY", region_id=CITY, org_type="city_federation")
        county = FederationFactory(record_no="H", region_id=HAIGANG, parent=city)
        plant = OrganisationFactory(record_no="T", region_id=HAIGANG, parent=county)
        role = {"city": ("OFC", city), "county": ("CC", county), "primary": ("PC", plant)}[name]
        return create_account("reader", "读者", role), {"H": county, "T": plant}


@pytest.mark.parametrize("slug", sorted(REGISTERS))
def test_every_list_has_the_indexes_that_its_order_and_its_filters_need(slug):
    spec = REGISTERS[slug]
    own = order_of(spec, "")
    kept = [index.fields for index in spec.model._meta.indexes]

    wanted = [[name, "id"] if own.is_by_id else [name, own.name, "id"] for name in spec.filters]
    wanted += [] if own.is_by_id else [[own.name, "id"]]
    wanted += [["region", name, "id"] for name in sortable(spec)]
    wanted += [["owner_org", "region"]]

    assert [fields for fields in wanted if fields not in kept] == []


def test_columns_without_an_index_and_codes_do_not_sort(chen):
    MeetingFactory(record_no="A", held_on=date(2026, 1, 2), minutes_no="乙", kind="other")
    MeetingFactory(record_no="B", held_on=date(2026, 1, 1), minutes_no="甲", kind="guidance")

    assert sortable(MEETING) == {"held_on", "convener", "record_no"}
    assert walk(MEETING, chen, sort="minutes_no") == ["A", "B"], "the register's own order"
    assert walk(MEETING, chen, sort="kind") == ["A", "B"]
    assert walk(MEETING, chen, sort="held_on") == ["B", "A"]


def test_of_another_area_a_county_sees_what_its_unions_entered(liu, tree):
    MeetingFactory(record_no="ours", owner_org=tree.plant, region_id=CHANGLI)
    MeetingFactory(record_no="theirs", owner_org=tree.changli, region_id=CHANGLI)
    MeetingFactory(record_no="at home", owner_org=tree.changli, region_id=HAIGANG)

    assert walk(MEETING, liu, region=CHANGLI) == ["ours"]
    assert walk(MEETING, liu, region=HAIGANG) == ["at home"]
    assert set(walk(MEETING, liu)) == {"ours", "at home"}


def test_no_sort_is_offered_to_a_reach_that_entered_too_much_elsewhere(client, liu, tree):
    for number, day in (("A", 2), ("B", 1)):
        MeetingFactory(
            record_no=number,
            convener=number,
            held_on=date(2026, 1, day),
            owner_org=tree.haigang,
            region_id=CHANGLI,
        )
    client.force_login(liu)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reach, "SORTED_AT_MOST", 1)
        refused = client.get("/registers/meeting/", {"sort": "-convener"})
        patch.setattr(reach, "SORTED_AT_MOST", 2)
        offered = client.get("/registers/meeting/", {"sort": "-convener"})

    sorted_by = [
        [column.name for column in page.context["columns"] if column.sort_url]
        for page in (refused, offered)
    ]
    assert sorted_by == [["held_on"], ["held_on", "convener"]]
    assert [row.record.record_no for row in refused.context["rows"]] == ["A", "B"]
    assert [row.record.record_no for row in offered.context["rows"]] == ["B", "A"]


def test_headings_say_how_the_list_is_sorted_and_lead_to_the_other_way(client, chen):
    MeetingFactory()
    client.force_login(chen)

    page = client.get("/registers/meeting/", {"kind": "gov_union_joint", "after": ""})
    columns = {column.name: column for column in page.context["columns"]}

    assert columns["held_on"].sorted_as == "descending"
    assert columns["held_on"].sort_url == "?kind=gov_union_joint&sort=held_on"
    assert columns["convener"].sort_url == "?kind=gov_union_joint&sort=convener"
    assert (columns["convener"].sorted_as, columns["kind"].sort_url) == ("", "")
    assert 'aria-sort="descending"' in page.text


def test_void_records_are_listed_only_when_they_are_asked_for(chen):
    for status in ("verified", "void", "draft"):
        MeetingFactory(record_no=status, record_status=status, held_on=date(2026, 1, 1))

    assert set(walk(MEETING, chen)) == {"verified", "draft"}
    assert walk(MEETING, chen, record_status="void") == ["void"]
    assert set(walk(MEETING, chen, record_status="any")) == {"verified", "void", "draft"}


@pytest.mark.parametrize(
    ("limits", "found"),
    [
        ({"held_on_from": "2026-01-02"}, {"2", "3"}),
        ({"held_on_to": "2026-01-02"}, {"1", "2"}),
        ({"held_on_from": "2026-01-02", "held_on_to": "2026-01-02"}, {"2"}),
        ({"held_on_from": "2026年1月3日"}, {"3"}),
        ({"held_on_from": "gestern"}, {"1", "2", "3"}),
    ],
)
def test_a_list_is_narrowed_to_a_time(chen, limits, found):
    for day in (1, 2, 3):
        MeetingFactory(record_no=str(day), held_on=date(2026, 1, day))

    assert set(walk(MEETING, chen, **limits)) == found


def test_a_date_that_is_none_is_said_to_be_none(client, chen):
    client.force_login(chen)

    page = client.get("/registers/meeting/", {"held_on_from": "gestern"})

    assert page.context["page"].filters.errors["held_on_from"][0] in page.text


def test_a_list_is_narrowed_to_what_lies_below_a_union(tree: CityOfTests, chen, liu, qian):
    MeetingFactory(record_no="plant", owner_org=tree.plant, region_id=CHANGLI)
    MeetingFactory(record_no="haigang", owner_org=tree.haigang, region_id=HAIGANG)
    MeetingFactory(record_no="changli", owner_org=tree.changli, region_id=CHANGLI)

    assert set(walk(MEETING, chen, under="海港区总工会")) == {"plant", "haigang"}
    assert walk(MEETING, chen, under="ORG-PLANT") == ["plant"]
    assert walk(MEETING, liu, under="ORG-PLANT") == ["plant"]
    form = filter_form(MEETING, qian, asked_for(under="ORG-PLANT"))
    assert not form.is_valid(), "a union that the account does not see"


def test_chips_name_the_filters_and_take_one_away(client, chen):
    MeetingFactory(kind=MeetingKind.OTHER)
    rebuild_index(MEETING)
    client.force_login(chen)

    page = client.get("/registers/meeting/", {"kind": "other", "q": "没有", "sort": "convener"})

    kind, search = sorted(page.context["chips"], key=lambda chip: chip.value == "没有")
    assert (kind.value, search.value) == (str(MeetingKind.OTHER.label), "没有")
    assert QueryDict(kind.removal_url[1:]).dict() == {"q": "没有", "sort": "convener"}
    assert QueryDict(search.removal_url[1:]).dict() == {"kind": "other", "sort": "convener"}
    assert kind.removal_url in page.text.replace("&amp;", "&")
