"""The shipped ledger pack, and what the loader refuses."""

import re
import shutil
import subprocess
import tomllib
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from taizhang.ledger.packs import SHIPPED, LedgerPack, PackError, load_pack
from taizhang.lib.windows import Period
from taizhang.measures.commitments import Kind
from taizhang.measures.formula import (
    check,
    check_rule,
    parse_formula,
    parse_population,
    parse_reading,
    parse_rule,
)
from taizhang.measures.periods import Body
from taizhang.notices import read_notice

FOLDER = SHIPPED / "qinhuangdao-2021"
LONGEST_QUOTE = 11  # Chinese characters in a row that a file may share with the notice


@pytest.fixture(scope="module")
def pack() -> LedgerPack:
    return load_pack(FOLDER)


def test_the_pack_is_complete(pack: LedgerPack) -> None:
    fields = sum(len(entry.register.fields) for entry in pack.registers.values())

    assert [item.number for item in pack.items] == list(range(1, 38))
    assert len(list(pack.commitments())) == 197
    assert (len(pack.populations), len(pack.who), len(pack.departments)) == (64, 29, 11)
    assert (len(pack.registers), fields, len(pack.areas)) == (43, 632, 10)
    assert (pack.basis.document_number, pack.basis.issued_on) == (
        "秦工办字〔2021〕29号",
        date(2021, 6, 4),
    )
    assert pack.lead_is_confirmed is False


def test_a_commitment_carries_its_measure(pack: LedgerPack) -> None:
    by_code = {entry.code: entry for entry in pack.commitments()}

    assert by_code["17.2"].commitment.target == (Decimal(3), Decimal(5))
    assert by_code["5.1"].commitment.planned == date(2022, 6, 30)
    assert by_code["22.4"].commitment.target == Decimal(60)
    trends = [e.commitment for e in pack.commitments() if e.commitment.kind is Kind.TREND]
    assert {trend.target for trend in trends} == {None}


def test_a_commitment_by_terms_of_office_says_whose(pack: LedgerPack) -> None:
    asked = [entry.commitment for entry in pack.commitments()]

    bodies = {each.code: each.term_body for each in asked if each.period is Period.TERM}

    assert bodies == {
        "1.4": Body.PARTY_COMMITTEE,
        "1.7": Body.UNION_CONGRESS,
        **dict.fromkeys(("2.2", "2.3", "2.4", "18.1"), Body.PEOPLE_CONGRESS),
        "37.2": Body.UNION_CONGRESS,
    }


def test_every_formula_fits_the_declared_registers(pack: LedgerPack) -> None:
    catalogue = pack.catalogue

    for entry in pack.commitments():
        for formula in (entry.commitment.numerator, entry.commitment.denominator):
            if formula:
                check(parse_formula(formula), catalogue, formula)
    for population in pack.populations.values():
        check(parse_population(population.definition), catalogue, population.definition)
    for register in catalogue.registers.values():
        for field in register.fields.values():
            if field.derived:
                check_rule(parse_rule(field.derived), catalogue, register, field, field.derived)
            if field.read_as:
                check_rule(parse_reading(field.read_as), catalogue, register, field, field.read_as)


def test_a_declared_register_is_not_offered(pack: LedgerPack) -> None:
    assert not any(register.offered for register in pack.catalogue.registers.values())


def test_names_and_numbers_of_persons_are_personal(pack: LedgerPack) -> None:
    registers = pack.catalogue.registers

    assert registers["post"].fields["person_name"].personal
    assert registers["member"].fields["id_no"].personal
    assert registers["hardship"].fields["income_year"].personal
    assert not registers["post"].fields["person_key"].personal


def test_every_wording_is_there_in_chinese_and_in_english(pack: LedgerPack) -> None:
    labels = [pack.title, *pack.who.values(), *pack.units.values(), *pack.departments.values()]
    labels += [population.label for population in pack.populations.values()]
    labels += [item.title for item in pack.items]
    labels += [area.label for area in pack.areas]
    labels += [parameter.label for parameter in pack.parameters.values()]
    for entry in pack.commitments():
        labels += [entry.duty, entry.evidence, *([entry.note] if entry.note else [])]

    assert [x for x in labels if not re.search("[\u4e00-\u9fff%]", x.zh)] == []
    assert [x for x in labels if not re.search("[A-Za-z%]", x.en)] == []


def test_the_pack_restates_the_commitments_of_the_handbook(pack: LedgerPack, samples: Path) -> None:
    handbook = tomllib.loads((samples / "domain/commitments.toml").read_text(encoding="utf-8"))
    stated = {row["code"]: row for item in handbook["item"] for row in item["commitment"]}

    for entry in pack.commitments():
        row, measure = stated.pop(entry.code), entry.commitment
        assert (measure.numerator, measure.denominator, measure.population) == (
            row["numerator"],
            row["denominator"],
            row["population"],
        )
        assert (measure.kind, measure.scope, measure.comparator, measure.modality) == (
            row["measure_kind"],
            row["scope"],
            row["comparator"],
            row["modality"],
        )
        assert (measure.period, list(measure.by), measure.unit, measure.planned) == (
            row["period"],
            row["by"],
            row["unit"],
            row.get("planned"),
        )
        assert entry.duty.en == row["duty_en"]
        assert list(entry.who_owes) == row["who_owes"]
        assert measure.threshold_source == row["threshold_source"]
    assert stated == {}
    assert [item.lead for item in pack.items] == [row["lead"] for row in handbook["item"]]


def test_no_file_holds_a_sentence_of_the_notice(samples: Path) -> None:
    quote = LONGEST_QUOTE + 1
    root = SHIPPED.parents[3]
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=root,
        capture_output=True,
        check=False,
        text=True,
    )
    if listed.returncode:
        pytest.skip("not a clone: which files belong to the project is not known")
    texts = " ".join(item.text for item in read_notice(samples / "seed/notice.txt").items)
    forbidden = _runs(texts, quote)

    found = {
        name: sorted(_runs(content, quote) & forbidden)
        for name in listed.stdout.split("\0")
        if name and (content := _text(root / name)) and _runs(content, quote) & forbidden
    }

    assert len(forbidden) > 500
    assert found == {}


def _runs(text: str, length: int) -> set[str]:
    """All stretches of so many Chinese characters in a row."""
    return {
        run[at : at + length]
        for run in re.findall(f"[\u4e00-\u9fff]{{{length},}}", text)
        for at in range(len(run) - length + 1)
    }


def _text(path: Path) -> str:
    """The text of a file, empty when it holds none or is gone."""
    try:
        return path.read_text(encoding="utf-8")
    except (UnicodeDecodeError, OSError):
        return ""


@pytest.mark.parametrize(
    ("file", "old", "new", "key", "problem"),
    [
        ("pack.toml", "schema = 1", "schema = 2", "schema", "this version reads"),
        ("pack.toml", 'version = "1"\n', "", "version", "missing"),
        ("pack.toml", 'version = "1"', "version = 1", "version", "not a text"),
        ("pack.toml", 'key = "', 'keey = "x"\nkey = "', "keey", "did you mean 'key'"),
        ("pack.toml", "date = 2021-06-04", "date = ", "", "is not TOML"),
        (
            "commitments/05.toml",
            'population = "gov8"',
            'population = "gov9"',
            "commitment[5.1].population",
            "did you mean",
        ),
        (
            "commitments/05.toml",
            'modality = "must"',
            'modality = "musst"',
            "commitment[5.2].modality",
            "did you mean 'must'",
        ),
        (
            "commitments/05.toml",
            'value = 1\nunit = "meetings"',
            'value = true\nunit = "meetings"',
            "commitment[5.2].value",
            "not a number",
        ),
        ("commitments/17.toml", "[3, 5]", "[5, 3]", "commitment[17.2].value", "lower first"),
        ("commitments/05.toml", 'code = "5.2"', 'code = "6.2"', "commitment[6.2].code", "item 5"),
        ("commitments/05.toml", 'code = "5.2"', 'code = "5.1"', "commitment[5.1].code", "twice"),
        (
            "commitments/05.toml",
            "start = 0, end = 22",
            "start = 5, end = 5",
            "commitment[5.1].clause.end",
            "no text",
        ),
        ("items.toml", 'lead = "办公室"', 'lead = "财务部"', "item[1].lead", "of this item"),
        ("items.toml", 'text_hash = "', 'text_hash = "z', "item[1].text_hash", "SHA-256"),
        (
            "registers.toml",
            'type = "ref", target = "org"',
            'type = "ref", target = "orgg"',
            "register[org].fields[parent].target",
            "did you mean 'org'",
        ),
        (
            "registers.toml",
            'state_to = "ended_on"',
            'state_to = "ended_at"',
            "register[org].state_to",
            "did you mean 'ended_on'",
        ),
        ("areas.toml", 'parent = "130300"\n', "", "area", "exactly one area"),
    ],
)
def test_a_fault_is_named_by_its_file_and_key(
    tmp_path: Path, file: str, old: str, new: str, key: str, problem: str
) -> None:
    folder = tmp_path / "pack"
    shutil.copytree(FOLDER, folder)
    content = (folder / file).read_text(encoding="utf-8")
    assert old in content
    (folder / file).write_text(content.replace(old, new, 1), encoding="utf-8")

    with pytest.raises(PackError, match=problem) as refusal:
        load_pack(folder)

    assert (refusal.value.file, refusal.value.key) == (file, key)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "pack"
    shutil.copytree(FOLDER, folder)
    (folder / "commitments" / "05.toml").unlink()

    with pytest.raises(PackError, match=r"commitments/05\.toml: cannot be opened"):
        load_pack(folder)
