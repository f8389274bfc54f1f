"""Roles as data (handbook 4.1, 4.2, 4.4): permissions, where held, and what excludes what.

A letter of the matrix in handbook 4.4 stands here as a permission: R is `read`, E is `read` and
`enter`, V is `read` and `verify`. The tree decides what "own" means: a role reaches downward from
the organisation at which it is held.
"""

from dataclasses import dataclass
from enum import StrEnum
from fnmatch import fnmatchcase

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from taizhang.lib.registry import Registry

ROLES: "Registry[Role]" = Registry("role")


class Level(StrEnum):
    """The levels of organisations at which roles are held (handbook 3.1)."""

    CITY = "city"
    COUNTY = "county"
    TOWNSHIP = "township"
    PRIMARY = "primary"


@dataclass(frozen=True, slots=True)
class Role:
    """`permissions` are permission names or patterns of them, such as `leadership.*:read`.

    `purpose` says what an administrative role is for, `commands` what its work is done with.
    """

    code: str
    label: str | Promise
    levels: frozenset[Level]
    permissions: tuple[str, ...]
    administrative: bool = False
    purpose: str | Promise = ""
    commands: tuple[str, ...] = ()


def grants(role: str, permission: str) -> bool:
    """Does the role carry the permission?

    Raises UnknownKey for a role nobody declared.
    """
    return any(fnmatchcase(permission, pattern) for pattern in ROLES[role].permissions)


def excludes(role: str, other: str) -> bool:
    """May one person not hold both? Administrative roles exclude every other role (handbook 4.2).

    >>> excludes("SYS", "SEC"), excludes("AUD", "DC"), excludes("CC", "TC"), excludes("SYS", "SYS")
    (True, True, False, False)
    """
    return role != other and (ROLES[role].administrative or ROLES[other].administrative)


_CITY = frozenset({Level.CITY})
_COUNTY = frozenset({Level.COUNTY})
_TOWNSHIP = frozenset({Level.TOWNSHIP})
_PRIMARY = frozenset({Level.PRIMARY})

_LEDGER = ("ledger.*:read",)
_READ = (
    "organising.*:read",
    "leadership.*:read",
    "skills.*:read",
    "congress.*:read",
    "finance.education_fund:read",
    *_LEDGER,
)
_ENTER_TOWNSHIP = (*_READ, "organising.*:enter", "leadership.*:enter")
_ENTER = (
    *_ENTER_TOWNSHIP,
    "skills.*:enter",
    "congress.*:enter",
    "finance.education_fund:enter",
    "honours.*:read",
    "honours.*:enter",
)
# Names of nominees: the follow-up office, townships and finance see figures alone. An approval by
# the leaders is a second person's step, as a verification is.
_VERIFY_HONOURS = ("honours.*:read", "honours.*:verify")
_VERIFY = (
    *_READ,
    "organising.*:verify",
    "leadership.*:verify",
    "skills.*:verify",
    "congress.*:verify",
    "finance.education_fund:verify",
    *_VERIFY_HONOURS,
)
# The columns LS/HC/MC and FN/AU of the matrix have none of R09-R12, R20, R22-R23, R28-R31 and R43.
_READ_ORGANISATIONS = ("organising.*:read", *_LEDGER)
# R26, R40: amounts are commercial secrets, read by the enterprise and by finance, those of special
# funds by the leaders too. Who reads "rate" in the matrix sees a record without its amounts.
_ENTERPRISE_AMOUNTS = ("finance.education_fund:read", "finance.education_fund:amounts")
_READ_FUNDS = ("finance.fund:read",)
_FUND_AMOUNTS = (*_READ_FUNDS, "finance.fund:amounts")
_FINANCE = (*_READ_ORGANISATIONS, *_ENTERPRISE_AMOUNTS, *_FUND_AMOUNTS)
# R42: counties and departments enter, the department head verifies; an approval by the leaders is
# that second person's step too. Townships and primary unions have none of it.
_READ_DECISIONS = ("followup.*:read",)
_ENTER_DECISIONS = (*_READ_DECISIONS, "followup.*:enter")
_VERIFY_DECISIONS = (*_READ_DECISIONS, "followup.*:verify")

for role in (
    Role(
        "CH",
        _("Principal leader"),
        _CITY,
        (*_READ, *_FUND_AMOUNTS, *_VERIFY_HONOURS, *_VERIFY_DECISIONS, "ledger.*:approve"),
    ),
    Role(
        "VC",
        _("Vice-chair in charge"),
        _CITY,
        (*_READ, *_FUND_AMOUNTS, *_VERIFY_HONOURS, *_VERIFY_DECISIONS, "ledger.*:approve"),
    ),
    Role(
        "OFC",
        _("Follow-up officer of the General Office"),
        _CITY,
        (*_READ, *_READ_FUNDS, *_READ_DECISIONS, "ledger.*", "registers.view:share"),
    ),
    Role("DH", _("Department head"), _CITY, (*_VERIFY, *_READ_FUNDS, *_VERIFY_DECISIONS)),
    Role("DC", _("Department clerk"), _CITY, (*_ENTER, *_READ_FUNDS, *_ENTER_DECISIONS)),
    Role("CA", _("County reviewer"), _COUNTY, (*_VERIFY, *_READ_FUNDS)),
    Role("CC", _("County clerk"), _COUNTY, (*_ENTER, *_READ_FUNDS, *_ENTER_DECISIONS)),
    Role("TC", _("Township or park clerk"), _TOWNSHIP, _ENTER_TOWNSHIP),
    Role("PC", _("Primary-union chair or clerk"), _PRIMARY, (*_ENTER, *_ENTERPRISE_AMOUNTS)),
    Role(
        "LS", _("Supervisor, mediator or legal-aid officer"), frozenset(Level), _READ_ORGANISATIONS
    ),
    Role("HC", _("Hardship caseworker"), _COUNTY, _READ_ORGANISATIONS),
    Role("MC", _("Membership clerk"), _COUNTY | _PRIMARY, _READ_ORGANISATIONS),
    Role(
        "FN",
        _("Finance officer"),
        frozenset(Level),
        (*_FINANCE, "finance.education_fund:enter", "finance.fund:enter"),
    ),
    Role("AU", _("Funds audit member"), frozenset(Level), (*_FINANCE, "finance.fund:verify")),
    # Party membership of officers is for the Organisation Department alone (R03 party_member).
    Role(
        "PM",
        _("Keeper of officers' Party membership (Organisation Department)"),
        _CITY,
        ("organising.post:read", "organising.post:party_member"),
    ),
    Role(
        "SYS",
        _("System administrator"),
        _CITY,
        ("access.account:create", "access.grant:propose"),
        administrative=True,
        purpose=_(
            "Keeps the system running, creates accounts and proposes roles. The security "
            "administrator lets them take effect."
        ),
        commands=("taizhang account list", "taizhang account create", "taizhang serve"),
    ),
    Role(
        "SEC",
        _("Security administrator"),
        _CITY,
        (
            "access.account:activate",
            "access.account:reset_password",
            "access.grant:propose",
            "access.grant:confirm",
            "access.grant:revoke",
        ),
        administrative=True,
        purpose=_(
            "Activates and deactivates accounts, confirms and revokes roles, and resets passwords. "
            "Nobody confirms what they proposed themselves."
        ),
        commands=(
            *("taizhang account activate", "taizhang account deactivate"),
            *("taizhang account grant", "taizhang account revoke"),
            *("taizhang account reset-password", "taizhang account remove-second-factor"),
        ),
    ),
    Role(
        "AUD",
        _("Audit administrator"),
        _CITY,
        ("audit.log:read",),
        administrative=True,
        purpose=_("Reads the change log and checks that nobody has altered it; changes nothing."),
        commands=("taizhang audit show", "taizhang audit verify"),
    ),
):
    ROLES.register(role.code, role)
