"""Who owes, what is done and what is counted: read from the words around an amount."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeVar

from taizhang.notices.commitments import lexicon
from taizhang.notices.commitments.amounts import Quantity
from taizhang.notices.commitments.model import Strength
from taizhang.notices.commitments.scanner import Dated, Mark, Repeated, Token, Word

TokenType = TypeVar("TokenType", Word, Quantity, Dated, Repeated)
_STOPS = frozenset({Mark.CLAUSE_END, Mark.SENTENCE_END})
_LONGEST_SUBJECT = 40
_LONGEST_COUNTED = 30
_LONGEST_OPENING = 80


@dataclass(frozen=True, slots=True)
class Clause:
    """The tokens between two commas."""

    text: str
    tokens: tuple[Token, ...]

    @property
    def start(self) -> int:
        return self.tokens[0].start if self.tokens else 0

    @property
    def end(self) -> int:
        """Where the clause ends: before the comma that closes it."""
        last = self.tokens[-1] if self.tokens else None
        if last is None:
            return 0
        return last.start if isinstance(last, Word) and last.mark in _STOPS else last.end

    @property
    def is_condition(self) -> bool:
        """Whether the whole clause says whom the next reaches: 满3年的, or 对…的企业, ."""
        if not self.tokens or self.tokens[-1].end == self.end:
            return False
        if self.text[self.end - 1] == "的":
            return True
        whole = self.whole
        if not ends_with_an_actor(whole):
            return False
        may = self.text[self.end + 1 : self.end + 2] == "可"  # 年薪达到8万元的成员，可
        return "的" in (whole if may else whole.partition("对")[2]) or (may and whole[0] == "对")

    @property
    def whole(self) -> str:
        """Its words from the comma before, as far as they are near enough to matter."""
        return _last_phrase(self.text[max(self.end - _LONGEST_OPENING, 0) : self.end])

    @property
    def is_baseline(self) -> bool:
        """Whether the whole clause tells where things stand: 在2029年建成12所的基础上, ."""
        return self.text[max(self.end - 3, 0) : self.end] == "基础上"

    def of(self, kind: type[TokenType]) -> Iterator[TokenType]:
        return (token for token in self.tokens if isinstance(token, kind))

    @property
    def looks_back(self) -> bool:
        """Whether it tells what is, not what is owed."""
        return self._tells_what_is or self.has(Mark.LOOKING_BACK) or self.has(Mark.UP_TO_NOW)

    @property
    def _tells_what_is(self) -> bool:
        """现有工会组织860家; never 改造现有站点20个, 现有20个站点完成改造, 现有站点达到20个."""
        present = next((word for word in self.of(Word) if word.mark is Mark.PRESENT), None)
        last = max((quantity.start for quantity in self.of(Quantity)), default=0)
        does = (Mark.ACTION, Mark.MODAL, Mark.BEFORE)
        return present is not None and not any(
            word.mark in does
            and not (present.end <= word.start < last and word.mark is Mark.ACTION)
            for word in self.of(Word)
        )

    def has(self, mark: Mark) -> bool:
        return any(word.mark is mark for word in self.of(Word))

    def last_before(
        self, kind: type[TokenType], offset: int, marks: set[Mark] | None = None
    ) -> TokenType | None:
        """The last token of `kind`, or word of `marks`, that ends before `offset`."""
        last = None
        for token in self.of(kind):
            if token.end > offset:
                break
            if marks is None or (isinstance(token, Word) and token.mark in marks):
                last = token
        return last

    def action_after(self, dated: Dated) -> str | None:
        """The first verb behind a date."""
        words = (word for word in self.of(Word) if word.start >= dated.end)
        action = next((word for word in words if word.mark is Mark.ACTION), None)
        return self.text[action.start : action.end] if action else None

    def start_of_phrase(self, offset: int) -> int:
        """Where the words that lead to `offset` begin: after the last comma, verb or modal word."""
        start = offset
        while (
            start > 0
            and self.text[start - 1] not in ",。;、:"
            and offset - start < _LONGEST_SUBJECT
        ):
            start -= 1
        word = self.last_before(Word, offset, {Mark.MODAL, Mark.ACTION, Mark.AND})
        return max(start, word.end if word else 0)


@dataclass(frozen=True, slots=True)
class ClauseWords:
    """What the words of a clause say; None where they do not."""

    subject: str | None = None
    modality: str | None = None
    strength: Strength | None = None
    action: str | None = None
    counted: str | None = None


def clause_words(
    clause: Clause, quantity: Quantity | None = None, start: int | None = None
) -> ClauseWords:
    """The words of the clause, seen from the quantity in it or from its end.

    `start` is where the comparator of the quantity begins.
    """
    if not clause.tokens:
        return ClauseWords()
    offset = quantity.start if quantity else clause.tokens[-1].end
    modal = clause.last_before(Word, offset, {Mark.MODAL})
    action = clause.last_before(Word, offset, {Mark.ACTION})
    return ClauseWords(
        subject=_subject(clause),
        modality=_written(clause, modal),
        strength=modal.strength if modal else None,
        action=_written(clause, action),
        counted=_counted(clause, quantity, action, start or quantity.start) if quantity else None,
    )


def _last_phrase(words: str) -> str:
    return max((words.rpartition(stop)[2] for stop in ",;。:"), key=lambda rest: -len(rest))


def _written(clause: Clause, word: Word | None) -> str | None:
    return clause.text[word.start : word.end] if word else None


def _subject(clause: Clause) -> str | None:
    """The actor in front of the first verb, modal word or recurrence."""
    first = next(
        (
            token
            for token in clause.tokens
            if isinstance(token, Repeated | Dated)
            or (isinstance(token, Word) and token.mark in (Mark.MODAL, Mark.ACTION))
            or clause.text.startswith("至少", token.start)
        ),
        None,
    )
    if first is None:
        return None
    start = first.start
    while (
        start > 0
        and clause.text[start - 1] not in ",。;:"
        and first.start - start < _LONGEST_SUBJECT
    ):
        start -= 1
    subject = clause.text[start : first.start]
    is_actor = ends_with_an_actor(subject) or bool(
        lexicon.SUBJECT_ENDINGS.at(subject, len(subject) - 1)
    )
    is_other = any(character in subject for character in "每在对将按把与")
    is_counted = any(character.isdecimal() for character in subject) and "以" not in subject
    return subject if is_actor and not is_other and not is_counted else None


def ends_with_an_actor(words: str) -> bool:
    return any(
        (actor := lexicon.ACTORS.at(words, at)) is not None and at + len(actor[0]) == len(words)
        for at in range(max(len(words) - 4, 0), len(words))
    )


def _counted(
    clause: Clause, quantity: Quantity, action: Word | None, limited_at: int
) -> str | None:
    """What the amount counts: the words behind it, else those between the verb and it."""
    start = quantity.end
    after = lexicon.AFTER.at(clause.text, start)
    start += len(after[0]) if after else 0
    start += clause.text.startswith("的", start)
    end = start
    while (
        end < len(clause.text)
        and clause.text[end] not in ",。;、:"
        and end - start < _LONGEST_COUNTED
    ):
        end += 1
    behind = "" if clause.text[start : start + 1] in ("(", ")") else clause.text[start:end]
    return behind or _named_before(clause, quantity, action, limited_at)


def _named_before(
    clause: Clause, quantity: Quantity, action: Word | None, limited_at: int
) -> str | None:
    """新建职工书屋不少于50家: what stands between the verb, or the last amount, and the number."""
    previous = clause.last_before(Quantity, quantity.start)
    starts = [token.end for token in (action, previous) if token is not None]
    if not starts or limited_at - max(starts) > _LONGEST_COUNTED:
        return None
    return clause.text[max(starts) : max(limited_at, max(starts))].strip("、,和及的") or None
