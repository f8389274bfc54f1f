"""The registers `org`, `employer`, `post` and `term`; found at start by the generic register."""

from django.utils.translation import gettext_lazy as _

from taizhang.core.organisations.models import Employer, Organisation, Post, Term
from taizhang.core.organisations.organisations import ONE_EMPLOYER
from taizhang.core.records.models import Confidentiality
from taizhang.domains.organising.rules import (
    check_lines,
    check_number_of_employers,
    keep_lineage,
    keep_person_key,
    keep_whole_lineage,
)
from taizhang.measures.catalogue import Bound
from taizhang.registers.spec import Derived, Identity, Panel, RegisterSpec, offer_register

ORG = offer_register(
    RegisterSpec(
        slug="org",
        code="R01",
        model=Organisation,
        label=_("Union organisations"),
        purpose=_("One row per union body: the tree that every scope and every rollup uses."),
        panels=(
            Panel(
                _("The organisation"),
                ("name", "org_type", "parent", "industry_parent", "employer", "region", "uscc"),
            ),
            Panel(
                _("Founding and term"),
                (
                    "org_state",
                    "founded_on",
                    "approval_no",
                    "legal_cert_valid_to",
                    "term_no",
                    "term_start",
                    "term_end",
                ),
            ),
            Panel(
                _("Standardisation"),
                (
                    "has_seal",
                    "has_account",
                    "has_mediation_committee",
                    "standard_grade",
                    "standard_on",
                    "structure_ok",
                    "online_platform",
                ),
            ),
            Panel(_("Ending"), ("ended_on", "end_basis", "successor", "end_reported_on")),
        ),
        columns=("name", "org_type", "region", "parent", "org_state", "term_end"),
        filters=("org_type", "region", "org_state", "record_status"),
        search=("name", "uscc"),
        identity=Identity(
            name="name", code="uscc", tie="employer", kind="org_type", tied_kinds=ONE_EMPLOYER
        ),
        period=("state",),
        state_from=("founded_on",),
        state_to="ended_on",
        state_to_is=Bound.FIRST_DAY_OUT,
        derived={
            "is_local_federation": Derived(
                "org_type in(city_federation,county_federation,zone_federation)",
                _("is a local federation"),
            ),
            "has_audit_committee": Derived(
                "count(post[org=self; post_type=audit_chair])>0", _("has a funds audit commission")
            ),
            "has_women_committee": Derived(
                "count(post[org=self; post_type in(women_chair,women_member)])>0",
                _("has a women workers' committee"),
            ),
            "has_supervision_committee": Derived(
                "count(post[org=self; post_type=supervision_chair])>0"
                " or latest(member_stat.members[org=self])<25"
                " and count(post[org=self; post_type=supervisor])>0",
                _("has a labour-law supervision committee"),
            ),
            "chair_is_party_head": Derived(
                "count(post[org=self; post_type=chair; concurrent_kind=party_secretary])>0",
                _("chaired by the Party secretary"),
            ),
            "full_time_vice_ok": Derived(
                "count(post[org=self; post_type in(vice_chair,executive_vice_chair);"
                " full_time=true])>0",
                _("has a full-time vice-chair"),
            ),
            "full_time_head_ok": Derived(
                "count(post[org=self; post_type=chair; full_time=true])>0"
                " or chair_is_party_head=true and full_time_vice_ok=true",
                _("has a full-time head"),
            ),
        },
        read_as={
            "org_state": "active when org_state=election_overdue"
            " or org_state in(merged,dissolved) and ended_on>today",
        },
        checks=(check_lines, check_number_of_employers),
        effects=(keep_lineage,),
        effects_at_once=(keep_whole_lineage,),
    )
)

EMPLOYER = offer_register(
    RegisterSpec(
        slug="employer",
        code="R02",
        model=Employer,
        label=_("Employing units"),
        purpose=_("The population base of every coverage figure; imported rather than typed."),
        panels=(
            Panel(
                _("The unit"),
                ("name", "uscc", "region", "township", "industry", "ownership", "operating_state"),
            ),
            Panel(
                _("Employees"),
                (
                    "headcount",
                    "headcount_as_of",
                    "frontline_headcount",
                    "female_headcount",
                    "annual_payroll",
                ),
            ),
            Panel(
                _("Features"),
                (
                    "above_scale",
                    "key_enterprise_years",
                    "key_industry",
                    "is_two_new",
                    "tech_sme",
                    "has_scarce_trades",
                    "skilled_posts",
                    "has_party_org",
                    "data_source",
                ),
            ),
        ),
        columns=("name", "region", "ownership", "industry", "headcount", "operating_state"),
        filters=("region", "ownership", "operating_state", "record_status"),
        search=("name", "uscc"),
        identity=Identity(name="name", code="uscc"),
        period=("state",),
        derived={
            "is_enterprise": Derived(
                "ownership in(state_owned,state_holding,collective,collective_holding,"
                "private,foreign,hk_mo_tw)",
                _("is an enterprise"),
            ),
            "is_soe_family": Derived(
                "ownership in(state_owned,state_holding,collective,collective_holding)",
                _("is state-owned, collective or controlled"),
            ),
            "is_non_public": Derived(
                "ownership in(private,foreign,hk_mo_tw)", _("is a non-public enterprise")
            ),
            "key_enterprise": Derived(
                "key_enterprise_years=today_year", _("is on this year's key-enterprise list")
            ),
            "has_union": Derived(
                "count(org[employer=self; org_state=active; org_type!=branch; org_type!=group])>0",
                _("has a union"),
            ),
            "cc_any": Derived(
                "count(collective[employer=self;"
                " stage in(effective,published,performing,expiring)])>0"
                " or count(collective[covered_employers=self;"
                " stage in(effective,published,performing,expiring)])>0",
                _("covered by a collective contract"),
            ),
            "cc_comprehensive": Derived(
                "count(collective[employer=self; kind=comprehensive;"
                " stage in(effective,published,performing,expiring)])>0"
                " or count(collective[covered_employers=self; kind=comprehensive;"
                " stage in(effective,published,performing,expiring)])>0",
                _("covered by a comprehensive collective contract"),
            ),
            "cc_wage": Derived(
                "count(collective[employer=self; kind=wage;"
                " stage in(effective,published,performing,expiring)])>0"
                " or count(collective[covered_employers=self; kind=wage;"
                " stage in(effective,published,performing,expiring)])>0",
                _("covered by a wage contract"),
            ),
        },
        read_as={
            "headcount": "null when headcount_as_of=null or headcount_as_of<today-12m",
        },
    )
)

POST = offer_register(
    RegisterSpec(
        slug="post",
        code="R03",
        model=Post,
        label=_("Officers and committee posts"),
        purpose=_(
            "Who holds which union post. Names serve the register itself and never enter a figure; "
            "Party membership is asked only where item 3 needs it."
        ),
        panels=(
            Panel(_("The post"), ("org", "post_type", "full_time", "person_name")),
            Panel(
                _("Term"),
                ("elected_on", "approved_on", "term_end", "ended_on"),
            ),
            Panel(
                _("Rank and treatment"),
                (
                    "is_principal_leader",
                    "rank_status",
                    "concurrent_kind",
                    "in_party_leading_body",
                    "admin_treatment_ok",
                    "identity_tag",
                    "pc_nomination",
                    "party_member",
                ),
            ),
            Panel(
                _("Person and training"),
                (
                    "gender",
                    "birth_year",
                    "cert_no",
                    "cert_valid_to",
                    "exchange_kind",
                    "exchange_on",
                    "last_trained_on",
                ),
            ),
        ),
        columns=("org", "post_type", "person_name", "full_time", "approved_on", "ended_on"),
        filters=("post_type", "full_time", "record_status"),
        search=("org__name",),
        period=("state",),
        state_from=("approved_on", "elected_on"),
        state_to="ended_on",
        state_to_is=Bound.FIRST_DAY_OUT,
        personal=frozenset({"person_name", "gender", "birth_year"}),
        restricted={"party_member": "organising.post:party_member"},
        confidentiality=Confidentiality.S2,
        effects=(keep_person_key,),
    )
)

TERM = offer_register(
    RegisterSpec(
        slug="term",
        code="R41",
        model=Term,
        label=_("Terms of office"),
        purpose=_("Gives the window of every duty that is owed once per term."),
        panels=(Panel(_("The term"), ("body", "region", "no", "start", "end")),),
        columns=("body", "region", "no", "start", "end"),
        filters=("body", "region", "record_status"),
        ordering="-start",
        period=("start",),
    )
)
