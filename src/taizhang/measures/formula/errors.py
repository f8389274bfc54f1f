"""The one refusal of a formula, with its place in the text and the name that was meant."""

from taizhang.measures.formula.tree import Span

MESSAGES = {
    "unexpected": "{found!r} cannot stand here",
    "unexpected_end": "the formula ends too early",
    "unknown_function": "there is no function {name!r}",
    "unknown_register": "there is no register {name!r}",
    "unknown_field": "register {register!r} has no field {name!r}",
    "unknown_value": "field {field!r} has no value {name!r}",
    "personal_field": "field {name!r} is personal and never leaves its register",
    "not_a_reference": "field {name!r} is not a reference: nothing can follow it",
    "needs_field": "{function} needs a field: {function}(register.field[...])",
    "takes_rows": "count takes rows, not the field {name!r}",
    "needs_number": "{name!r} is not a number",
    "needs_enum": "{name!r} is not an enum with a closed list of values",
    "needs_reference": "{name!r} does not refer to a register",
    "many_valued": "{name!r} has many values and cannot stand here",
    "types_differ": "{left!r} ({left_type}) cannot be compared with {right!r} ({right_type})",
    "not_ordered": "{left!r} ({left_type}) has no order: use = or !=",
    "null_ordered": "null has no order: use = or !=",
    "not_a_date": "{name!r} is not a date and cannot be moved",
    "no_self": "`self` has a meaning only in the rule of a derived field",
    "no_window": "{name!r} has no meaning in the rule of a field",
    "no_conditions": "{function} takes no conditions",
    "no_members": "{function} takes no list of values",
    "cycle": "the rule reads itself: {path}",
    "not_computable": "{name!r} cannot be computed",
    "types_of_rule": "the rule gives {found}, the field is {expected}",
    "aggregate_misplaced": "an aggregate cannot stand inside a condition",
}


class FormulaError(ValueError):
    """A formula that cannot be read or does not fit the catalogue.

    `key` and `params` let a page say it in its own language; `start` and `end` are offsets in
    `text`; `suggestion` is the nearest known name, "" when none is near. `str()` is English and
    shows the place.
    """

    def __init__(self, key: str, text: str, span: Span, suggestion: str = "", **params: str):
        self.key = key
        self.text = text
        self.start = span.start
        self.end = max(span.end, span.start + 1)
        self.suggestion = suggestion
        self.params = params
        super().__init__(f"{self.message}\n{self._marked_line()}")

    @property
    def message(self) -> str:
        """The refusal in one English line, without the place."""
        meant = f" (did you mean {self.suggestion!r}?)" if self.suggestion else ""
        return MESSAGES[self.key].format(**self.params) + meant

    def _marked_line(self) -> str:
        first = self.text.rfind("\n", 0, self.start) + 1
        line = self.text[first:].split("\n", 1)[0]
        width = max(1, min(self.end, first + len(line)) - self.start)
        return f"  {line}\n  {' ' * (self.start - first)}{'^' * width}"
