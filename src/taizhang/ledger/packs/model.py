"""What a ledger pack holds."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from taizhang.measures.catalogue import Area, Catalogue, Register
from taizhang.measures.commitments import Commitment, Ledger


@dataclass(frozen=True, slots=True)
class Label:
    """A wording in both languages."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Clause:
    """Where an item's text states an obligation: offsets into its normalised form."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class PackCommitment:
    """A commitment with what people read beside its figures.

    `who_owes` holds codes of `LedgerPack.who`; `register` is the one its rows are entered in,
    `registers` all that it or its checks read. `confidence` (high, medium, low) is how sure the
    restatement is, handbook 0.8. `replaces` is the code that it had in an earlier version: what was
    answered there goes with it.
    """

    commitment: Commitment
    duty: Label
    who_owes: tuple[str, ...]
    register: str
    registers: tuple[str, ...]
    confidence: str
    evidence: Label
    note: Label | None
    clause: Clause
    replaces: str = ""

    @property
    def code(self) -> str:
        return self.commitment.code


@dataclass(frozen=True, slots=True)
class PackItem:
    """An item in short wording. `departments` are in the order of the notice, by Chinese name."""

    number: int
    title: Label
    departments: tuple[str, ...]
    lead: str
    cooperating: tuple[str, ...]
    text_hash: str
    commitments: tuple[PackCommitment, ...]


@dataclass(frozen=True, slots=True)
class Population:
    id: str
    label: Label
    definition: str


@dataclass(frozen=True, slots=True)
class PackParameter:
    """A number that formulas take from the office; `value` None: the office has not set it."""

    name: str
    label: Label
    value: Decimal | None


@dataclass(frozen=True, slots=True)
class PackArea:
    area: Area
    label: Label


@dataclass(frozen=True, slots=True)
class PackRegister:
    """A register as the pack declares it, until a domain offers it.

    `confidentiality` is the class of handbook 7.5; `units` are those of its fields, by name.
    """

    register: Register
    label: Label
    confidentiality: str
    purpose: str
    units: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Basis:
    """The notice that the pack restates."""

    issuer: str
    document_number: str
    issued_on: date


@dataclass(frozen=True, slots=True)
class LedgerPack:
    """A ledger as data.

    `lead_is_confirmed`: the office has confirmed that the department named first leads.
    """

    key: str
    version: str
    schema: int
    title: Label
    basis: Basis
    lead_is_confirmed: bool
    items: tuple[PackItem, ...]
    departments: Mapping[str, Label]
    who: Mapping[str, Label]
    populations: Mapping[str, Population]
    parameters: Mapping[str, PackParameter]
    units: Mapping[str, Label]
    areas: tuple[PackArea, ...]
    registers: Mapping[str, PackRegister]

    def commitments(self) -> Iterator[PackCommitment]:
        """All commitments, item by item."""
        for item in self.items:
            yield from item.commitments

    @property
    def catalogue(self) -> Catalogue:
        """The declared registers, none of them offered."""
        return Catalogue({slug: entry.register for slug, entry in self.registers.items()})

    @property
    def ledger(self) -> Ledger:
        """What an evaluation needs; parameters that the office has not set stay out."""
        return Ledger(
            commitments=tuple(entry.commitment for entry in self.commitments()),
            populations={key: entry.definition for key, entry in self.populations.items()},
            parameters={
                name: entry.value
                for name, entry in self.parameters.items()
                if entry.value is not None
            },
        )
