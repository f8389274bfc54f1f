"""A catalogue and the commitments read from the handbook's own files, for tests."""

import os
import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from taizhang.measures.catalogue import Area, Bound, Catalogue, Field, FieldType, Register

SAMPLES = Path(os.environ.get("TAIZHANG_SAMPLES") or Path(__file__).parents[5] / "shared")
# The fixture of the root conftest: without samples CI fails, another machine skips by name.
needs_samples = pytest.mark.usefixtures("samples")

# The handbook states these rules in words; here they are in the language of formulas.
IN_FORCE = "stage in(effective,published,performing,expiring)"


def _contract(kind: str = "") -> str:
    conditions = f"{kind}{IN_FORCE}"
    return (
        f"count(collective[employer=self; {conditions}])>0"
        f" or count(collective[covered_employers=self; {conditions}])>0"
    )


RULES = {
    "org.has_supervision_committee": "count(post[org=self; post_type=supervision_chair])>0"
    " or latest(member_stat.members[org=self])<25"
    " and count(post[org=self; post_type=supervisor])>0",
    "org.full_time_head_ok": "count(post[org=self; post_type=chair; full_time=true])>0"
    " or chair_is_party_head=true and full_time_vice_ok=true",
    "org.org_state": "active when org_state=election_overdue"
    " or org_state in(merged,dissolved) and ended_on>today",
    "employer.headcount": "null when headcount_as_of=null or headcount_as_of<today-12m",
    "employer.key_enterprise": "key_enterprise_years=today_year",
    "employer.has_union": "count(org[employer=self; org_state=active; org_type!=branch;"
    " org_type!=group])>0",
    "employer.cc_any": _contract(),
    "employer.cc_comprehensive": _contract("kind=comprehensive; "),
    "employer.cc_wage": _contract("kind=wage; "),
    "congress.valid": "present*3>=delegates*2 and (kind=general_meeting or delegates>=30"
    " and delegates*20>=headcount and managers*5<=delegates)",
    "congress_system.has_congress": "count(congress[employer=self.employer; valid=true;"
    " held_on>today-12m; held_on<=today])>0",
    "collective.reviewed_on": "review_due_on when reviewed_on=null and review_due_on<=today",
    "collective.employers_covered": "1 when scope=enterprise; count(self.covered_employers)",
    "dues.arrears": "due_amount when paid_amount=null; 0 when paid_amount>due_amount;"
    " due_amount-paid_amount",
}


@cache
def sample_registers() -> dict[str, Any]:
    return tomllib.loads((SAMPLES / "domain/registers.toml").read_text(encoding="utf-8"))


@cache
def sample_ledger() -> dict[str, Any]:
    return tomllib.loads((SAMPLES / "domain/commitments.toml").read_text(encoding="utf-8"))


@cache
def sample_catalogue() -> Catalogue:
    return Catalogue({row["slug"]: _register(row) for row in sample_registers()["register"]})


@cache
def sample_areas() -> tuple[Area, ...]:
    rows = sample_registers()["area"]
    city = rows[0]["code"]
    return tuple(
        Area(
            row["code"],
            row["name_zh"],
            None if row["code"] == city else city,
            row["has_congress"],
            row["has_government"],
        )
        for row in rows
    )


def _register(row: dict[str, Any]) -> Register:
    fields = [_field(row["slug"], field) for field in row["field"]]
    return Register(
        row["slug"],
        {field.name: field for field in fields},
        tuple(row["period_field"]),
        tuple(row.get("state_from", ())),
        row.get("state_to", ""),
        Bound(row.get("state_to_is") or Bound.LAST_DAY_IN),
        row["zh"],
        row["code"],
    )


def _field(slug: str, row: dict[str, Any]) -> Field:
    kind, rule = row["type"], row.get("rule", "")
    name = f"{slug}.{row['name']}"
    listed = re.search(r"\{(.*)\}", kind)
    reference = re.match(r"ref\((\w+)\)", kind)
    field_type = _type(kind)
    is_secret = kind.startswith("encrypted")
    is_of_person = "[P]" in rule and field_type not in (FieldType.BOOL, FieldType.REF)
    return Field(
        row["name"],
        field_type,
        many=kind.endswith("[]"),
        values=tuple(listed.group(1).split(",")) if listed else (),
        target=reference.group(1) if reference else "",
        derived=RULES.get(name, row["derived"]) if "derived" in row else "",
        read_as=RULES[name] if "read_as" in row else "",
        personal=is_secret or is_of_person,
    )


def _type(kind: str) -> FieldType:
    if "region code" in kind or kind == "area code":
        return FieldType.AREA
    word = re.split(r"[^a-z]", kind.removeprefix("encrypted "))[0]
    return {"str": FieldType.TEXT}.get(word) or FieldType(word)
