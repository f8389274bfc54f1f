"""The words of the ledger's closed sets, in the language of the page."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from taizhang.lib.windows import Period
from taizhang.measures.commitments import Flag, Kind, Modality, Scope, Verdict

VERDICTS: dict[Verdict, Promise] = {
    Verdict.MET: pgettext_lazy("verdict", "Met"),
    Verdict.ON_PACE: pgettext_lazy("verdict", "On pace"),
    Verdict.BEHIND: pgettext_lazy("verdict", "Behind"),
    Verdict.UNMET: pgettext_lazy("verdict", "Unmet"),
    Verdict.NOT_DUE: pgettext_lazy("verdict", "Not due"),
    Verdict.NOT_APPLICABLE: pgettext_lazy("verdict", "Not applicable"),
    Verdict.NO_DATA: pgettext_lazy("verdict", "No data"),
    Verdict.NOT_QUANTIFIED: pgettext_lazy("verdict", "Not quantified"),
    Verdict.ERROR: pgettext_lazy("verdict", "Rule error"),
}
FLAGS: dict[Flag, Promise] = {
    Flag.ABOVE_RANGE: _("Above the range"),
    Flag.EXPIRING: _("Expiring"),
}
MODALITIES: dict[Modality, Promise] = {
    Modality.MUST: pgettext_lazy("modality", "Must"),
    Modality.SHOULD: pgettext_lazy("modality", "Should"),
    Modality.SUPPORT: pgettext_lazy("modality", "Support"),
    Modality.ENCOURAGE: pgettext_lazy("modality", "Encourage"),
}
KINDS: dict[Kind, Promise] = {
    Kind.COUNT: _("Count"),
    Kind.COVERAGE: _("Coverage"),
    Kind.RATIO: _("Ratio"),
    Kind.RANGE: _("Range"),
    Kind.MILESTONE: _("Milestone"),
    Kind.TREND: _("Trend"),
}
SCOPES: dict[Scope, Promise] = {
    Scope.EACH: _("each unit alone"),
    Scope.POOL: _("one figure for all"),
}
PERIODS: dict[Period, Promise] = {
    Period.YEAR: _("every year"),
    Period.QUARTER: _("every quarter"),
    Period.TERM: _("every term of office"),
    Period.FIVE_YEAR: _("every five years"),
    Period.PLAN_PERIOD: _("every plan period"),
    Period.POINT_IN_TIME: _("at any time"),
    Period.YEAR_ON_YEAR: _("against the year before"),
}
THRESHOLD_SOURCES: dict[str, Promise] = {
    "text": _("Notice"),
    "law": _("Law"),
    "province_target": _("Provincial target"),
    "practice": _("Practice"),
    "default": _("Default"),
}


def verdict_label(verdict: str) -> Promise:
    return VERDICTS[Verdict(verdict)]
