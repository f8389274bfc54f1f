"""Which published notices a new one may supersede: proposed with a reason, for a person to say."""

from dataclasses import dataclass
from enum import StrEnum

from taizhang.ledger.models import Ledger, Notice
from taizhang.lib.resemblance import Resemblance
from taizhang.notices.repealing import repeal_of

LIKE_TITLE = 0.5


class Ground(StrEnum):
    """Why a notice is proposed, the strongest first."""

    REPEALED = "repealed"  # the new notice says that it no longer holds
    SAME_NUMBER = "same_number"  # issued again under its document number
    LIKE_TITLE = "like_title"  # the same issuer, on the same matter


@dataclass(frozen=True, slots=True)
class Candidate:
    """A published notice with its ledger in force; `ground` None: nothing speaks for it.

    `words` are those of the new notice that repeal it.
    """

    notice: Notice
    ledger: Ledger
    ground: Ground | None = None
    words: str = ""


def candidates(notice: Notice, text: str) -> list[Candidate]:
    """The published notices whose ledgers are in force, those proposed first, by their grounds.

    `text` is that of the new notice's document.
    """
    ledgers = Ledger.objects.in_force().exclude(notice=None).exclude(notice=notice)
    found = [_candidate(notice, ledger, text) for ledger in ledgers.select_related("notice")]
    grounds = list(Ground)
    return sorted(found, key=lambda each: grounds.index(each.ground) if each.ground else 99)


def _candidate(notice: Notice, ledger: Ledger, text: str) -> Candidate:
    old = ledger.notice
    words = repeal_of(old.document_number, text)
    if words:
        return Candidate(old, ledger, Ground.REPEALED, words)
    if old.document_number and old.document_number == notice.document_number:
        return Candidate(old, ledger, Ground.SAME_NUMBER)
    if old.issuer and old.issuer == notice.issuer and _are_alike(old.title, notice.title):
        return Candidate(old, ledger, Ground.LIKE_TITLE)
    return Candidate(old, ledger)


def _are_alike(old: str, new: str) -> bool:
    return Resemblance([old, new]).scores(new).get(0, 0.0) >= LIKE_TITLE
