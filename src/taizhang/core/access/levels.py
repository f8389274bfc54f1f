"""At which level of the tree an organisation stands (handbook 3.1): where a role may be held."""

from taizhang.core.access.roles import ROLES, Level
from taizhang.core.organisations.models import Organisation
from taizhang.core.organisations.organisations import OrgType

# Industrial and system unions stand directly under the city, like the counties.
_LEVELS = {
    OrgType.CITY_FEDERATION: Level.CITY,
    OrgType.COUNTY_FEDERATION: Level.COUNTY,
    OrgType.ZONE_FEDERATION: Level.COUNTY,
    OrgType.INDUSTRIAL_UNION: Level.COUNTY,
    OrgType.SYSTEM_UNION: Level.COUNTY,
    OrgType.TOWNSHIP_UNION: Level.TOWNSHIP,
    OrgType.PARK_UNION: Level.TOWNSHIP,
}


def level_of(organisation: Organisation) -> Level:
    """The level of the organisation; whatever is not a federation or union of unions is primary."""
    return _LEVELS.get(OrgType(organisation.org_type), Level.PRIMARY)


def may_be_held_at(role: str, organisation: Organisation) -> bool:
    """Is this a level at which the role exists? A county's clerk is not made clerk of the city."""
    return level_of(organisation) in ROLES[role].levels
