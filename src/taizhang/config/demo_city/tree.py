"""The unions of the demo city, as they stand in the tree."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from taizhang.config.demo_city.places import Place
from taizhang.registers.packages.write import Row, Value


@dataclass(slots=True)
class Union:
    """A union on its way into the package. `employers`: those that it has."""

    row: dict[str, Value]
    place: Place
    employers: list[Row] = field(default_factory=list)

    @property
    def record_no(self) -> str:
        return str(self.row["record_no"])

    @property
    def kind(self) -> str:
        return str(self.row["org_type"])

    def finished(self) -> Row:
        return {**self.row, "employer": [each["uscc"] for each in self.employers]}


@dataclass(slots=True)
class UnionTree:
    """All unions of the city. `federations` by area code, `townships` by area code."""

    federations: dict[str, Union] = field(default_factory=dict)
    industrial: list[Union] = field(default_factory=list)
    townships: dict[str, list[Union]] = field(default_factory=lambda: defaultdict(list))
    parks: list[Union] = field(default_factory=list)
    primary: list[Union] = field(default_factory=list)
    others: list[Union] = field(default_factory=list)

    def __iter__(self) -> Iterator[Union]:
        yield from self.federations.values()
        yield from self.industrial
        for unions in self.townships.values():
            yield from unions
        yield from self.parks
        yield from self.primary
        yield from self.others
