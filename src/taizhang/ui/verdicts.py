"""How verdicts and record states look: a word, a shape and a colour each (handbook 5.5)."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from taizhang.lib.registry import Registry


@dataclass(frozen=True, slots=True)
class VerdictLook:
    """The shape is the symbol `v-<key>` of `ui/verdict_symbols.html`, the colour a class."""

    key: str
    label: str | Promise


# In the order in which a legend and a summary name them: the urgent ones first.
VERDICTS: Registry[VerdictLook] = Registry("verdict")
for look in (
    VerdictLook("unmet", pgettext_lazy("verdict", "Unmet")),
    VerdictLook("behind", pgettext_lazy("verdict", "Behind")),
    VerdictLook("on_pace", pgettext_lazy("verdict", "On pace")),
    VerdictLook("met", pgettext_lazy("verdict", "Met")),
    VerdictLook("not_due", pgettext_lazy("verdict", "Not due")),
    VerdictLook("no_data", pgettext_lazy("verdict", "No data")),
    VerdictLook("not_quantified", pgettext_lazy("verdict", "Not quantified")),
    VerdictLook("not_applicable", pgettext_lazy("verdict", "Not applicable")),
    VerdictLook("error", pgettext_lazy("verdict", "Rule error")),
):
    VERDICTS.register(look.key, look)

STATUS_LABELS: Registry[str | Promise] = Registry("record status")
for status, label in (
    ("draft", pgettext_lazy("record status", "Draft")),
    ("submitted", pgettext_lazy("record status", "Submitted")),
    ("returned", pgettext_lazy("record status", "Returned")),
    ("verified", pgettext_lazy("record status", "Verified")),
    ("void", pgettext_lazy("record status", "Void")),
):
    STATUS_LABELS.register(status, label)
