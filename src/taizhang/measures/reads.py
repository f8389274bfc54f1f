"""Which registers each commitment reads: what must be computed anew when a register changes."""

from taizhang.measures.catalogue import Catalogue
from taizhang.measures.commitments import Commitment, Ledger
from taizhang.measures.compile.rules import RuleBook
from taizhang.measures.formula import FormulaError
from taizhang.measures.plan import plan, term_uses


def registers_read(ledger: Ledger, catalogue: Catalogue) -> dict[str, frozenset[str]]:
    """The slugs of the registers by commitment code, through derived fields and readings too.

    A commitment whose formula is refused reads nothing: no fact can change its verdict.
    """
    book = RuleBook(catalogue)
    return {
        commitment.code: _reads(commitment, ledger, catalogue, book)
        for commitment in ledger.commitments
    }


def _reads(
    commitment: Commitment, ledger: Ledger, catalogue: Catalogue, book: RuleBook
) -> frozenset[str]:
    try:
        uses = plan(commitment, ledger, catalogue).uses(book) | term_uses(book)
        return frozenset(slug for slug, _field in book.closure(uses))
    except FormulaError:
        return frozenset()
