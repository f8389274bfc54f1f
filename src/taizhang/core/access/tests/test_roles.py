"""The roles against the matrix of handbook 4.4, and the check that they name what exists."""

import pytest
from django.core.management import get_commands

from taizhang.core.access.checks import check_roles
from taizhang.core.access.permissions import PERMISSIONS
from taizhang.core.access.roles import ROLES, Level, Role, excludes, grants
from taizhang.lib.registry import UnknownKey

ORGANISATIONS = ("organising.org", "organising.employer", "organising.post", "organising.term")
MEETINGS = (
    "leadership.meeting",
    "leadership.submission",
    "leadership.participation",
    "leadership.policy",
)
DECISIONS = ("followup.exemption",)
SKILLS = ("skills.base", "skills.training")
HONOURS = ("honours.honour",)
EDUCATION_FUND = ("finance.education_fund",)
FUNDS = ("finance.fund",)
CONGRESSES = ("congress.congress", "congress.congress_system", "congress.congress_matter")

# Rows "R01-R03, R41", "R09-R12", "R28-R31, R43" and "R42" of the matrix; LS/HC/MC and FN/AU are
# columns of several roles.
MATRIX = {
    ORGANISATIONS: {
        "PC": "E", "TC": "E", "CC": "E", "CA": "V", "DC": "E", "DH": "V", "OFC": "R",
        "VC": "R", "CH": "R", "LS": "R", "HC": "R", "MC": "R", "FN": "R", "AU": "R",
    },
    MEETINGS: {
        "PC": "E", "TC": "E", "CC": "E", "CA": "V", "DC": "E", "DH": "V", "OFC": "R",
        "VC": "R", "CH": "R", "LS": "-", "HC": "-", "MC": "-", "FN": "-", "AU": "-",
    },
    CONGRESSES: {
        "PC": "E", "TC": "R", "CC": "E", "CA": "V", "DC": "E", "DH": "V", "OFC": "R",
        "VC": "R", "CH": "R", "LS": "-", "HC": "-", "MC": "-", "FN": "-", "AU": "-",
    },
    # An approval (A of CH and VC) is the step of the second person; who has "R count" sees figures.
    HONOURS: {
        "PC": "E", "TC": "-", "CC": "E", "CA": "V", "DC": "E", "DH": "V", "OFC": "-",
        "VC": "V", "CH": "V", "LS": "-", "HC": "-", "MC": "-", "FN": "-", "AU": "-",
    },
    SKILLS: {
        "PC": "E", "TC": "R", "CC": "E", "CA": "V", "DC": "E", "DH": "V", "OFC": "R",
        "VC": "R", "CH": "R", "LS": "-", "HC": "-", "MC": "-", "FN": "-", "AU": "-",
    },
    # "R C" of finance; a finance officer of an enterprise also enters its payroll (1.22 d, 4.1).
    EDUCATION_FUND: {
        "PC": "E", "TC": "R", "CC": "E", "CA": "V", "DC": "E", "DH": "V", "OFC": "R",
        "VC": "R", "CH": "R", "LS": "-", "HC": "-", "MC": "-", "FN": "E", "AU": "R",
    },
    # R40 has no payroll for a primary union to enter; "R rate" reads a record without amounts.
    FUNDS: {
        "PC": "-", "TC": "-", "CC": "R", "CA": "R", "DC": "R", "DH": "R", "OFC": "R",
        "VC": "R", "CH": "R", "LS": "-", "HC": "-", "MC": "-", "FN": "E", "AU": "V",
    },
    # An approval (A of CH and VC) is the step of the second person, as a verification is.
    DECISIONS: {
        "PC": "-", "TC": "-", "CC": "E", "CA": "-", "DC": "E", "DH": "V", "OFC": "R",
        "VC": "V", "CH": "V", "LS": "-", "HC": "-", "MC": "-", "FN": "-", "AU": "-",
    },
}  # fmt: skip
VERBS = {"R": {"read"}, "E": {"read", "enter"}, "V": {"read", "verify"}, "-": set()}


@pytest.mark.parametrize("registers", MATRIX, ids=" and ".join)
def test_business_roles_follow_the_matrix(registers):
    for register in registers:
        for role, letter in MATRIX[registers].items():
            held = {v for v in ("read", "enter", "verify") if grants(role, f"{register}:{v}")}
            assert held == VERBS[letter], (register, role)


def test_the_matrix_names_every_business_role_but_the_keeper_of_party_membership():
    business = {role.code for role in ROLES.values() if not role.administrative}

    assert business - {"PM"} == set(MATRIX[ORGANISATIONS])


def test_administrators_read_no_business_data_and_hold_separate_powers():
    powers = {
        code: {name for name in PERMISSIONS if grants(code, name)} for code in ("SYS", "SEC", "AUD")
    }

    assert powers["SYS"] == {"access.account:create", "access.grant:propose"}
    assert powers["AUD"] == {"audit.log:read"}
    assert all(name.startswith("access.") for name in powers["SEC"])
    assert "access.account:create" not in powers["SEC"]


def test_an_administrator_is_told_what_the_role_is_for_and_what_its_work_is_done_with():
    for role in ROLES.values():
        assert bool(role.purpose) == bool(role.commands) == role.administrative, role.code
        for command in role.commands:
            program, name, *_subcommand = command.split()
            assert program == "taizhang"
            assert name in get_commands()


def test_only_the_audit_administrator_reads_the_log():
    assert [code for code in ROLES if grants(code, "audit.log:read")] == ["AUD"]


def test_party_membership_is_for_its_keeper_alone():
    assert [code for code in ROLES if grants(code, "organising.post:party_member")] == ["PM"]


def test_every_pair_with_an_administrator_is_exclusive():
    for code, role in ROLES.items():
        for other in ROLES.values():
            expected = code != other.code and (role.administrative or other.administrative)
            assert excludes(code, other.code) is expected


def test_an_undeclared_role_is_refused_by_name():
    with pytest.raises(UnknownKey, match="'XC'"):
        grants("XC", "leadership.meeting:read")


def test_all_roles_name_declared_permissions():
    assert check_roles() == []


def test_a_permission_that_nothing_declares_fails_with_the_nearest_name():
    mistyped = Role("XX", "X", frozenset({Level.CITY}), ("leadership.meting:read", "leadership.*"))

    with ROLES.temporarily(lambda roles: roles.register("XX", mistyped)):
        faults = check_roles()

    assert [(fault.id, fault.hint) for fault in faults] == [
        ("access.E001", "did you mean 'leadership.meeting:read'?")
    ]
    assert "'leadership.meting:read'" in faults[0].msg
