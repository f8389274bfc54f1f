"""Which rows are taken for one body and which are not, without comparing each with each."""

from unittest.mock import Mock

import pytest
from django.db import IntegrityError

from taizhang.core.organisations.organisations import OrgType
from taizhang.core.organisations.testing import (
    CHANGLI,
    EmployerFactory,
    OrganisationFactory,
)
from taizhang.registers.merging import finder
from taizhang.registers.merging.actions import mark_distinct
from taizhang.registers.merging.finder import Named, Sign, duplicates, same_or_alike
from taizhang.registers.merging.models import Distinct
from taizhang.registers.merging.names import comparable
from taizhang.registers.refusals import EntryRefused
from taizhang.registers.spec import REGISTERS


def found(*rows: tuple[str, str, str]) -> set[tuple[int, int, Sign]]:
    """The pairs among (name, place, code), by position."""
    named = [
        Named(at, comparable(name, ("秦皇岛市", "秦皇岛")), place, code)
        for at, (name, place, code) in enumerate(rows)
    ]
    return {(pair.one, pair.other, pair.sign) for pair in same_or_alike(named)}


@pytest.mark.parametrize(
    "other",
    [
        "海港重型机械有限责任公司",
        "海港重型机械 有限公司",
        "秦皇岛市海港重型机械有限公司",
        "（海港）重型机械有限公司",
        "海港重型机械有限公司　",
    ],
)
def test_one_name_typed_in_two_ways_is_one_body(other):
    pairs = found(("海港重型机械有限公司", "130302", "A"), (other, "130302", "B"))

    assert pairs == {(0, 1, Sign.SAME_NAME)}


def test_the_same_name_in_two_areas_is_two_bodies():
    assert not found(("总工会", "130302", ""), ("总工会", "130322", ""))


def test_alike_names_are_one_body_only_where_a_code_is_missing():
    one, other = "海港恒泰达新型建筑材料有限公司", "海港恒泰达新型建筑材枓有限公司"
    rest = [(f"第{n}中学工会", "130302", f"C{n}") for n in range(40)]

    missing = found((one, "130302", ""), (other, "130302", "B"), *rest)
    both = found((one, "130302", "A"), (other, "130302", "B"), *rest)

    assert missing == {(0, 1, Sign.ALIKE_NAME)}
    assert both == set()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("海港区第一实验小学工会委员会", "海港区第二实验小学工会委员会"),
        ("港城大街12号院物业服务有限公司", "港城大街21号院物业服务有限公司"),
        ("海港区人民医院东院区工会", "海港区人民医院西院区工会"),
    ],
)
def test_what_differs_in_a_number_or_a_side_is_a_series(one, other):
    assert not found((one, "130302", ""), (other, "130302", ""))


@pytest.mark.django_db
class TestOfTheRegister:
    def test_two_unions_of_one_employer_are_shown_to_whoever_verifies_there(self, tree, liu, qian):
        second = OrganisationFactory(
            name="海港重机厂工会", parent=tree.haigang, employer=[tree.factory]
        )

        pairs = {
            person.username: [
                (pair.one, pair.other, pair.sign) for pair in duplicates(REGISTERS["org"], person)
            ]
            for person in (liu, qian)
        }

        assert pairs == {"liu": [(tree.plant.pk, second.pk, Sign.SAME_TIE)], "qian": []}

    def test_a_joint_union_of_the_same_employer_is_another_body(self, tree, liu):
        OrganisationFactory(
            name="港城联合工会",
            org_type=OrgType.JOINT_UNION,
            parent=tree.haigang,
            employer=[tree.factory, EmployerFactory()],
        )

        assert duplicates(REGISTERS["org"], liu) == []

    def test_alike_names_of_unions_of_two_employers_are_two(self, tree, liu):
        name = "海港恒泰达新型建筑材料有限公司工会"
        first = OrganisationFactory(name=name, parent=tree.haigang)
        second = OrganisationFactory(name=name.replace("料", "枓"), parent=tree.haigang)
        first.employer.set([tree.factory])
        tree.plant.employer.set([EmployerFactory()])
        untied = duplicates(REGISTERS["org"], liu)

        second.employer.set([EmployerFactory()])

        assert [(pair.one, pair.other) for pair in untied] == [(first.pk, second.pk)]
        assert duplicates(REGISTERS["org"], liu) == []

    def test_void_rows_and_predecessors_are_no_duplicates(self, tree, liu):
        OrganisationFactory(name=tree.plant.name, parent=tree.haigang, record_status="void")
        OrganisationFactory(name=tree.plant.name, parent=tree.haigang, successor=tree.plant)

        assert duplicates(REGISTERS["org"], liu) == []

    def test_a_pair_found_distinct_is_not_shown_again(self, tree, liu, qian):
        spec = REGISTERS["employer"]
        second = EmployerFactory(name="秦皇岛" + tree.factory.name)
        assert len(duplicates(spec, liu)) == 1

        with pytest.raises(EntryRefused):
            mark_distinct(spec, second, tree.factory, by=qian)
        kept = mark_distinct(spec, second, tree.factory, by=liu)

        assert (kept.one, kept.other, kept.said_by) == (tree.factory.pk, second.pk, liu)
        assert duplicates(spec, liu) == []
        with pytest.raises(IntegrityError):
            Distinct.objects.create(register="employer", one=2, other=1, said_by=liu)


def test_of_five_thousand_rows_each_is_compared_with_a_few(monkeypatch):
    streets = ("民族路", "文化路", "建设大街", "河北大街", "红旗路", "海阳路", "迎宾路")
    trades = ("食品", "机械", "建材", "物流", "电子", "化工", "服装", "商贸", "餐饮", "物业")
    names = [
        f"{street}{trade}{chr(0x4E00 + n)}{chr(0x5000 + 7 * n)}有限公司工会委员会"
        for n in range(72)
        for street in streets
        for trade in trades
    ]
    rows = [Named(at, comparable(name), "130302", "") for at, name in enumerate(names)]

    compared = Mock(wraps=finder.alikeness)
    monkeypatch.setattr(finder, "alikeness", compared)

    for _pair in same_or_alike(rows):
        pass

    assert len(rows) == 5040
    assert 0 < compared.call_count < 50 * len(rows)


def test_more_rows_than_a_few_under_one_name_are_a_series():
    assert found(*[("机关工会", CHANGLI, "")] * 12)
    assert not found(*[("机关工会", CHANGLI, "")] * 13)
