"""What a register says of itself; a domain offers one per register in its `registers.py` file."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from taizhang.core.access.permissions import declare_permission
from taizhang.core.records.models import Confidentiality, Record
from taizhang.lib.registry import Registry
from taizhang.measures.catalogue import Bound, FieldType

Label = str | Promise
Check = Callable[[Record, Mapping[str, Collection]], None]
Effect = Callable[[Record, Collection[str]], None]
EffectAtOnce = Callable[[Collection[Record]], None]


@dataclass(frozen=True, slots=True)
class Derived:
    """A field computed by a rule in the language of the formulas, never typed (handbook 2.7)."""

    rule: str
    label: Label
    type: FieldType = FieldType.BOOL


@dataclass(frozen=True, slots=True)
class Panel:
    """A group of fields on the form and on the record's page."""

    title: Label
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Identity:
    """By what two rows are known to be one body entered twice.

    name, code, place: fields; the code is unique where it is filled, the name within its place.
    tie: a reference that, among rows whose `kind` is one of `tied_kinds`, one row alone can have.
    """

    name: str
    code: str
    place: str = "region"
    tie: str = ""
    kind: str = ""
    tied_kinds: tuple[str, ...] = ()


@dataclass(frozen=True)
class RegisterSpec:
    """One register.

    slug, code: its names in formulas and in the handbook (`meeting`, `R09`).
    columns, filters, search: fields of the list page; `ordering`: the field paged by.
    period, state_from, state_to, state_to_is: how rows lie in time (handbook 2.2).
    personal: fields that never enter a snapshot or an audit row in clear.
    restricted: field → permission name without which it is masked.
    purpose: why these facts are asked for and on what basis, shown above the form.
    checks: rules over more than one row, called with the record as it would stand and its lists
      of references by field; they raise ValidationError.
    checks_among: the same for rules that look for other rows in the database. A facts package asks
      them once all of its rows are in, so that they see what comes with the record.
    effects: what else changes in the transaction that enters or changes a record, called with the
      saved record and the names of the changed fields.
    effects_at_once: the same for many records entered or changed together, where asking for each
      would take too long; called in place of `effects`.
    identity: for registers of bodies that may be entered twice.
    """

    slug: str
    code: str
    model: type[Record]
    label: Label
    purpose: Label
    panels: tuple[Panel, ...]
    columns: tuple[str, ...]
    filters: tuple[str, ...] = ()
    search: tuple[str, ...] = ()
    ordering: str = "-id"
    period: tuple[str, ...] = ("state",)
    state_from: tuple[str, ...] = ()
    state_to: str = ""
    state_to_is: Bound = Bound.LAST_DAY_IN
    derived: Mapping[str, Derived] = field(default_factory=dict)
    read_as: Mapping[str, str] = field(default_factory=dict)
    personal: frozenset[str] = frozenset()
    restricted: Mapping[str, str] = field(default_factory=dict)
    confidentiality: Confidentiality = Confidentiality.S1
    identity: Identity | None = None
    checks: tuple[Check, ...] = ()
    checks_among: tuple[Check, ...] = ()
    effects: tuple[Effect, ...] = ()
    effects_at_once: tuple[EffectAtOnce, ...] = ()

    @property
    def key(self) -> str:
        """`domain.slug`: the stem of its permissions and its name in the audit rows."""
        return self.model.REGISTER

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields that people enter, in the order of the form."""
        return tuple(name for panel in self.panels for name in panel.fields)

    def permission(self, verb: str) -> str:
        return f"{self.key}:{verb}"


REGISTERS: Registry[RegisterSpec] = Registry("register")


VERBS: Mapping[str, Label] = {"read": _("read"), "enter": _("enter"), "verify": _("verify")}


def offer_register(spec: RegisterSpec) -> RegisterSpec:
    """Called from a domain's `registers.py` at start: makes register and permissions known."""
    for verb, label in VERBS.items():
        declare_permission(spec.permission(verb), format_lazy("{}: {}", spec.label, label))
    for permission in dict.fromkeys(spec.restricted.values()):
        names = ", ".join(name for name in spec.restricted if spec.restricted[name] == permission)
        declare_permission(permission, format_lazy("{}: {}", spec.label, names))
    return REGISTERS.register(spec.slug, spec)
