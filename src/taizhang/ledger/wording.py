"""The words of the ledger's closed sets, in the language of the page."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from taizhang.lib.windows import Period
from taizhang.measures.commitments import Flag, Modality, Scope

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
# What a newer version of the pack can change of a commitment.
CHANGED_FIELDS: dict[str, Promise] = {
    "code": _("Code"),
    "duty_zh": _("Wording, Chinese"),
    "duty_en": _("Wording, English"),
    "who_owes": _("Owed by"),
    "register": _("Register"),
    "modality": _("Force"),
    "kind": _("Kind"),
    "scope": _("Judged"),
    "population": _("Population"),
    "population_zh": _("Population, Chinese"),
    "population_en": _("Population, English"),
    "population_definition": _("Definition of the population"),
    "numerator": _("Counted"),
    "denominator": _("Out of"),
    "comparator": _("Comparison"),
    "stated_target": _("Threshold"),
    "stated_target_to": _("Upper end of the range"),
    "unit_zh": _("Unit, Chinese"),
    "unit_en": _("Unit, English"),
    "period": _("Window"),
    "term_body": _("Whose term of office"),
    "by": _("Dated by"),
    "stated_planned": _("Planned for"),
    "threshold_source": _("Where it comes from"),
    "confidence": _("Confidence"),
    "evidence_zh": _("Evidence, Chinese"),
    "evidence_en": _("Evidence, English"),
    "note_zh": _("Note, Chinese"),
    "note_en": _("Note, English"),
}
