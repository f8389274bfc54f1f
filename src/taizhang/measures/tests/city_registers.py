"""The registers, areas and commitments that the cases and the oracle test run on.

A cut of handbook 2.5: the fields that formulas name, with the derived fields and readings of 2.7.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from taizhang.lib.windows import Period
from taizhang.measures.catalogue import Area, Bound, Catalogue, Field, FieldType, Register
from taizhang.measures.commitments import Commitment, Comparator, Kind, Modality, Scope
from taizhang.measures.periods import Body

CITY = "130300"
COUNTY, ZONE = "130302", "130371"
AREAS = (
    Area(CITY, "秦皇岛市", None, has_congress=True, has_government=True),
    Area(COUNTY, "海港区", CITY, has_congress=True, has_government=True),
    Area("130303", "山海关区", CITY, has_congress=True, has_government=True),
    Area(ZONE, "经济技术开发区", CITY, has_congress=False, has_government=False),
)


def _field(text: str) -> Field:
    """A field from `name type[,many] [values or target] [:= rule | ~ reading]`."""
    head, _, derived = text.partition(" := ")
    head, _, read_as = head.partition(" ~ ")
    name, kind, *rest = head.split()
    more = rest[0] if rest else ""
    field_type = FieldType(kind.removesuffix("[]"))
    return Field(
        name,
        field_type,
        many=kind.endswith("[]"),
        values=tuple(more.split(",")) if field_type is FieldType.ENUM else (),
        target=more if field_type is FieldType.REF else "",
        derived=derived,
        read_as=read_as,
    )


def _register(
    slug: str,
    *fields: str,
    period: str = "state",
    state_from: tuple[str, ...] = (),
    state_to: str = "",
    state_to_is: Bound = Bound.LAST_DAY_IN,
    offered: bool = True,
) -> Register:
    by_name = {field.name: field for field in map(_field, fields)}
    return Register(
        slug,
        by_name,
        period=tuple(period.split()),
        state_from=state_from,
        state_to=state_to,
        state_to_is=state_to_is,
        offered=offered,
    )


ORG = _register(
    "org",
    "org_type enum city_federation,county_federation,zone_federation,industrial_union,"
    "system_union,township_union,park_union,enterprise_union,institution_union,joint_union,"
    "branch,group",
    "employer ref[] employer",
    "region area",
    "founded_on date",
    "ended_on date",
    "term_start date",
    "term_end date",
    "org_state enum preparing,active,election_overdue,merged,dissolved ~ active when"
    " org_state=election_overdue or org_state in(merged,dissolved) and ended_on>today",
    "end_basis enum employer_terminated,employer_revoked,statutory_merger,other",
    "online_platform bool",
    "structure_ok bool",
    "standard_grade enum not_assessed,below,reached,model",
    "is_local_federation bool := org_type in(city_federation,county_federation,zone_federation)",
    "chair_is_party_head bool := count(post[org=self; post_type=chair;"
    " concurrent_kind=party_secretary])>0",
    "full_time_vice_ok bool := count(post[org=self; post_type in(vice_chair,"
    "executive_vice_chair); full_time=true])>0",
    "full_time_head_ok bool := count(post[org=self; post_type=chair; full_time=true])>0"
    " or chair_is_party_head=true and full_time_vice_ok=true",
    "has_supervision_committee bool := count(post[org=self; post_type=supervision_chair])>0"
    " or latest(member_stat.members[org=self])<25 and count(post[org=self;"
    " post_type=supervisor])>0",
    state_from=("founded_on",),
    state_to="ended_on",
    state_to_is=Bound.FIRST_DAY_OUT,
)
EMPLOYER = _register(
    "employer",
    "region area",
    "ownership enum state_owned,state_holding,collective,collective_holding,private,foreign,"
    "hk_mo_tw,institution,organ,social_org,other",
    "headcount int ~ null when headcount_as_of=null or headcount_as_of<today-12m",
    "headcount_as_of date",
    "operating_state enum operating,suspended,closed",
    "has_party_org bool",
    "is_two_new bool",
    "key_enterprise_years int[]",
    "key_enterprise bool := key_enterprise_years=today_year",
    "is_enterprise bool := ownership in(state_owned,state_holding,collective,"
    "collective_holding,private,foreign,hk_mo_tw)",
    "is_soe_family bool := ownership in(state_owned,state_holding,collective,collective_holding)",
    "is_non_public bool := ownership in(private,foreign,hk_mo_tw)",
    "has_union bool := count(org[employer=self; org_state=active; org_type!=branch;"
    " org_type!=group])>0",
)
POST = _register(
    "post",
    "org ref org",
    "person_key text",
    "post_type enum chair,executive_vice_chair,vice_chair,part_time_vice_chair,"
    "supervision_chair,supervisor,full_time_worker,socialised_worker,member",
    "full_time bool",
    "is_principal_leader bool",
    "pc_nomination enum not_due,considered,nominated,not_considered",
    "rank_status enum deputy_equivalent,above_deputy,middle_principal,middle_deputy,below,na",
    "concurrent_kind enum party_secretary,party_deputy,government_deputy,none",
    "party_member enum yes,no,not_recorded",
    "in_party_leading_body bool",
    "admin_treatment_ok bool",
    "identity_tag enum[] model_worker,frontline,grassroots,none",
    "exchange_kind enum none,to_party_gov,from_party_gov,to_soe,from_soe,secondment_in,"
    "secondment_out",
    "exchange_on date",
    "last_trained_on date",
    "elected_on date",
    "approved_on date",
    "ended_on date",
    state_from=("approved_on", "elected_on"),
    state_to="ended_on",
    state_to_is=Bound.FIRST_DAY_OUT,
)
MEETING = _register(
    "meeting",
    "kind enum party_union_conference,party_hear_report,party_agenda,party_leader_event,"
    "gov_union_joint,reform_coordination,deep_reform,linkage,ideology_study,theory_study,"
    "tripartite,mediation_joint,risk_analysis,guidance,other",
    "convener_level enum city,county,township,primary",
    "region area",
    "host enum party,government,union,hrss,sasac,miit,acfic,employer_org,other",
    "topic enum union_work,reform,talent,ideology,democratic,collective,other",
    "principal_leader bool",
    "held_on date",
    "matters int",
    "matters_closed int",
    period="held_on",
)
POLICY = _register(
    "policy",
    "topic enum cadre_plan,competition_linkage,credit_record,democratic_duty,"
    "innovation_reward,inspection_scope,integrated_scheme,joint_meeting,labour_education,"
    "learning_platform,mediation_joint,model_growth,npc_cppcc_support,online_work,"
    "party_building_union,reform_coordination,rights_mechanism,talent_plan,"
    "talent_plan_included,talent_pool,talent_reward,vocational_link,worker_treatment",
    "level enum city,county",
    "region area",
    "state enum drafting,consulting,in_force,expired,repealed",
    "issued_on date",
    "valid_to date",
    state_from=("issued_on",),
    state_to="valid_to",
)
TERM = _register(
    "term",
    "body enum party_committee,people_congress,government,cppcc,union_congress",
    "region area",
    "no int",
    "start date",
    "end date",
    period="start",
)
EXEMPTION = _register(
    "exemption",
    "commitment text",
    "region area",
    "org ref org",
    "employer ref employer",
    "window text",
    period="window",
)
MEMBER_STAT = _register("member_stat", "org ref org", "as_of date", "members int", period="as_of")
REPRESENTATION = _register(
    "representation",
    "body enum people_congress,cppcc,party_congress,union_committee",
    "region area",
    "term_no int",
    "as_of date",
    "total int",
    "frontline int",
    period="term_no",
)
HONOUR = _register(
    "honour",
    "title_kind enum model_worker,advanced_worker,craftsman",
    "region area",
    "campaign_year int",
    "commended_by enum party_gov,federation,joint",
    "stage enum nominated,approved,conferred",
    "conferred_on date",
    period="conferred_on",
)
BASE = _register(
    "base",
    "kind enum training_base,alliance",
    "employer ref employer",
    "region area",
    "named_on date",
    "signed_on date",
    "valid_to date",
    "stage enum applied,named,active,rectify,withdrawn",
    state_from=("signed_on", "named_on"),
    state_to="valid_to",
)
EDUCATION_FUND = _register(
    "education_fund",
    "employer ref employer",
    "region area",
    "year int",
    "payroll decimal",
    "ratio_required_pct decimal",
    "extracted decimal",
    "spent decimal",
    "spent_frontline decimal",
    period="year",
)
FUND = _register(
    "fund",
    "purpose enum competition,hardship",
    "source enum city_fiscal,county_fiscal,union,employer",
    "region area",
    "year int",
    "arranged decimal",
    period="year",
)
DUES = _register(
    "dues",
    "employer ref employer",
    "org ref org",
    "region area",
    "period month",
    "kind enum union_fund,fiscal_fund",
    "due_amount decimal",
    "paid_amount decimal",
    "due_on date",
    "paid_on date",
    period="period",
)
COLLECTIVE = _register(
    "collective",
    "employer ref employer",
    "org ref org",
    "region area",
    "stage enum draft,signed,submitted,effective,expired",
    "submitted_on date",
    "review_due_on date",
    "reviewed_on date ~ review_due_on when reviewed_on=null and review_due_on<=today",
    "valid_from date",
    "effective_on date",
    "valid_to date",
    "covered_employers ref[] employer",
    "employers_covered int := count(self.covered_employers)",
    state_from=("valid_from", "effective_on"),
    state_to="valid_to",
)
CONGRESS = _register(
    "congress",
    "employer ref employer",
    "org ref org",
    "kind enum congress,general_meeting",
    "held_on date",
    "headcount int",
    "delegates int",
    "managers int",
    "present int",
    "valid bool := present*3>=delegates*2 and (kind=general_meeting or delegates>=30"
    " and delegates*20>=headcount and managers*5<=delegates)",
    period="held_on",
)
CONGRESS_MATTER = _register(
    "congress_matter",
    "congress ref congress",
    "vital bool",
    "secret bool",
    "yes int",
    "passed bool := congress.valid=true and yes*2>congress.delegates"
    " and (secret=true or vital=false)",
    period="congress.held_on",
)
CONGRESS_SYSTEM = _register(
    "congress_system",
    "employer ref employer",
    "has_congress bool := count(congress[employer=self.employer; valid=true;"
    " held_on>today-12m; held_on<=today])>0",
    "year int",
    "vital_done int",
)
SUBMISSION = _register(
    "submission",
    "kind enum request,report",
    "is_major bool",
    "due_on date",
    "submitted_on date",
    "reply_kind enum approved,guidance,returned,none",
    period="submitted_on due_on",
)
PARTICIPATION = _register(
    "participation",
    "kind enum policy_consult,npc_inspection,labour_inspection,cppcc_visit,other_inspection",
    "region area",
    "invited bool",
    "held_on date",
    "issued_on date",
    "covers_democratic bool",
    "problems int",
    "problems_closed int",
    period="held_on issued_on",
)
ACTIVITY = _register(
    "activity",
    "kind enum theory_class,recital",
    "held_on date",
    period="held_on",
    offered=False,
)

CATALOGUE = Catalogue(
    {
        register.slug: register
        for register in (
            ORG,
            EMPLOYER,
            POST,
            MEETING,
            POLICY,
            TERM,
            EXEMPTION,
            MEMBER_STAT,
            REPRESENTATION,
            HONOUR,
            BASE,
            EDUCATION_FUND,
            FUND,
            DUES,
            COLLECTIVE,
            CONGRESS,
            CONGRESS_MATTER,
            CONGRESS_SYSTEM,
            SUBMISSION,
            PARTICIPATION,
            ACTIVITY,
        )
    }
)


def commitment_from(data: Mapping[str, Any]) -> Commitment:
    """A commitment from a table in the form of commitments.toml."""
    value = data["value"]
    target = tuple(map(Decimal, value)) if isinstance(value, list) else Decimal(value)
    return Commitment(
        code=str(data["code"]),
        kind=Kind(data["measure_kind"]),
        scope=Scope(data["scope"]),
        population=str(data["population"]),
        numerator=str(data["numerator"]),
        denominator=str(data["denominator"]),
        comparator=Comparator(data["comparator"]),
        target=target,  # type: ignore[arg-type]  # a range is a pair
        unit=str(data["unit"]),
        period=Period(data["period"]),
        by=tuple(data["by"]),
        modality=Modality(data["modality"]),
        threshold_source=str(data["threshold_source"]),
        planned=data.get("planned"),
        confirmed=bool(data.get("confirmed", False)),
        term_body=Body(data.get("term_body", Body.UNION_CONGRESS)),
    )
