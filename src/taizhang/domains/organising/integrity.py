"""Data checks of unions, employing units and posts (handbook 2.5 R01–R03, 3.4, 3.6, 3.7)."""

from django.utils.translation import gettext_lazy as _

from taizhang.registers.integrity.offering import IntegrityCheck, Severity, offer_check

FIVE_YEARS = "city_federation,county_federation,zone_federation,industrial_union"
PRIMARY = (
    "enterprise_union,institution_union,organ_union,social_org_union,joint_union,"
    "industry_joint_union"
)
OWN_UNION = "enterprise_union,institution_union,organ_union,social_org_union"


def _lasts_not(years: int) -> str:
    """The last day of a term is written as its last day in, or as the first day of the next."""
    end = f"term_start+{years * 12}m"
    return f"term_end!={end} and term_end+1d!={end}"


offer_check(
    IntegrityCheck(
        "org.term_of_federation",
        "org",
        _("Term of a federation is not five years"),
        f"org_type in({FIVE_YEARS}) and {_lasts_not(5)}",
        _("Federations and industrial unions are elected for five years: compare both days."),
    )
)
offer_check(
    IntegrityCheck(
        "org.term_of_primary",
        "org",
        _("Term of a primary union is neither three nor five years"),
        f"org_type in({PRIMARY}) and {_lasts_not(3)} and {_lasts_not(5)}",
        _("Primary unions are elected for three or five years: compare both days."),
    )
)
offer_check(
    IntegrityCheck(
        "org.election_long_overdue",
        "org",
        _("Election overdue for more than six months"),
        "org_state=active and term_end<today-6m",
        _("Enter the new term, or the delay that the higher union approved."),
    )
)
offer_check(
    IntegrityCheck(
        "org.active_after_its_end",
        "org",
        _("Active although the day of its ending has come"),
        "org_state=active and ended_on<=today",
        _("Enter whether it was merged or dissolved, or take the day of ending out."),
        Severity.ERROR,
    )
)
offer_check(
    IntegrityCheck(
        "org.certificate_expired",
        "org",
        _("Legal-person certificate has expired"),
        "org_state=active and legal_cert_valid_to<today",
        _("Enter the new certificate once it is issued."),
    )
)
offer_check(
    IntegrityCheck(
        "employer.two_unions",
        "employer",
        _("Two active unions of one employing unit"),
        f"count(org[employer=self; org_state=active; org_type in({OWN_UNION})])>1",
        _("A unit has one union; the others are branches, or entered twice."),
        Severity.ERROR,
    )
)
offer_check(
    IntegrityCheck(
        "employer.own_and_joint_union",
        "employer",
        _("In a joint union although it has one of its own"),
        f"count(org[employer=self; org_state=active; org_type in({OWN_UNION})])>0"
        " and count(org[employer=self; org_state=active;"
        " org_type in(joint_union,industry_joint_union)])>0",
        _("Take the unit out of the joint union, or end its own."),
    )
)
offer_check(
    IntegrityCheck(
        "employer.headcount_in_future",
        "employer",
        _("Employees counted on a day to come"),
        "headcount_as_of>today",
        _("Compare the day with the source; the year is often mistyped."),
        Severity.ERROR,
    )
)
offer_check(
    IntegrityCheck(
        "employer.headcount_unknown",
        "employer",
        _("Number of employees unknown or older than a year"),
        "operating_state=operating and headcount=null",
        _("Enter the present number and its day: until then no size threshold can be applied."),
    )
)
offer_check(
    IntegrityCheck(
        "post.certificate_expired",
        "post",
        _("Certificate of a supervisor or mediator has expired"),
        "post_type in(supervisor,mediator) and ended_on=null and cert_valid_to<today",
        _("Enter the new certificate, or the end of the post."),
    )
)
offer_check(
    IntegrityCheck(
        "post.of_ended_union",
        "post",
        _("Post goes on although its union has ended"),
        "ended_on=null and org.ended_on<=today",
        _("End the post on the day on which the union ended, or move it to the successor."),
        Severity.ERROR,
    )
)
offer_check(
    IntegrityCheck(
        "post.nomination_of_another",
        "post",
        _("Party-committee candidacy of somebody who is no principal leader"),
        "pc_nomination in(considered,nominated,not_considered)"
        " and (is_principal_leader=false or is_principal_leader=null)",
        _("Mark the principal leader, or take the candidacy out."),
    )
)
