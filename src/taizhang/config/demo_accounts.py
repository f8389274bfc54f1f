"""The accounts of the demonstration: one for each role, with one password for all of them."""

from collections.abc import Iterator
from dataclasses import dataclass

from taizhang.core.access.actions import (
    activate_account,
    confirm_grant,
    create_account,
    propose_grant,
)
from taizhang.core.access.models import Grant, User
from taizhang.core.access.roles import ROLES
from taizhang.core.organisations.models import Organisation
from taizhang.core.organisations.organisations import OrgState, OrgType

PASSWORD = "taizhang-demo-2026"  # noqa: S105  the demonstration listens on this machine alone
HAIGANG = "130302"


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """`level`: the kind of organisation it works for; below the city it is one in Haigang."""

    username: str
    display_name: str
    department: str
    roles: tuple[str, ...]
    level: OrgType


ACCOUNTS = (
    DemoAccount("office", "陈志远", "办公室", ("OFC",), OrgType.CITY_FEDERATION),
    DemoAccount("leader", "周明", "", ("CH",), OrgType.CITY_FEDERATION),
    DemoAccount("vice", "林淑芬", "", ("VC",), OrgType.CITY_FEDERATION),
    DemoAccount("head", "高建国", "办公室", ("DH",), OrgType.CITY_FEDERATION),
    DemoAccount("clerk", "许静", "组织部", ("DC", "PM"), OrgType.CITY_FEDERATION),
    DemoAccount("county", "刘洋", "", ("CC",), OrgType.COUNTY_FEDERATION),
    DemoAccount("reviewer", "马丽", "", ("CA",), OrgType.COUNTY_FEDERATION),
    DemoAccount("township", "田野", "", ("TC",), OrgType.TOWNSHIP_UNION),
    DemoAccount("plant", "王铁军", "", ("PC",), OrgType.ENTERPRISE_UNION),
    DemoAccount("finance", "唐静", "财务部", ("FN",), OrgType.CITY_FEDERATION),
    DemoAccount("audit", "孙文", "", ("AU",), OrgType.CITY_FEDERATION),
    DemoAccount("sysadmin", "系统管理员", "", ("SYS",), OrgType.CITY_FEDERATION),
    DemoAccount("secadmin", "安全管理员", "", ("SEC",), OrgType.CITY_FEDERATION),
    DemoAccount("logadmin", "审计管理员", "", ("AUD",), OrgType.CITY_FEDERATION),
)


def create_demo_accounts() -> None:
    """Create the accounts that are missing, without roles: those need the organisations."""
    known = set(User.objects.values_list("username", flat=True))
    for account in ACCOUNTS:
        if account.username not in known:
            user = create_account(
                by=None,
                username=account.username,
                display_name=account.display_name,
                department=account.department,
                password=PASSWORD,
                one_time=False,
            )
            activate_account(by=None, user=user)


def grant_demo_roles() -> None:
    """Give each account its role at its organisation, where it does not hold it yet."""
    for account in ACCOUNTS:
        user = User.objects.get(username=account.username)
        held = set(user.grants.values_list("role", flat=True))
        for role in account.roles:
            if role not in held:
                organisation = _organisation(account)
                grant = propose_grant(by=None, user=user, role=role, organisation=organisation)
                confirm_grant(by=None, grant=grant)


def account_lines() -> Iterator[str]:
    """One line per account, for the terminal: user name, role, organisation."""
    for account in ACCOUNTS:
        grant = Grant.objects.select_related("organisation").get(
            user__username=account.username, role=account.roles[0]
        )
        yield f"{account.username:<10} {ROLES[grant.role].label} · {grant.organisation.name}"


def _organisation(account: DemoAccount) -> Organisation:
    """The first active organisation of the kind; a plant is one of the largest."""
    found = Organisation.objects.verified().filter(
        org_type=account.level, org_state=OrgState.ACTIVE
    )
    if account.level != OrgType.CITY_FEDERATION:
        found = found.filter(region=HAIGANG)
    largest_first = account.level == OrgType.ENTERPRISE_UNION
    order = ("-employer__headcount", "record_no") if largest_first else ("record_no",)
    return found.order_by(*order)[0]
