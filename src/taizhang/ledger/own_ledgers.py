"""The items of a notice as a ledger of its own, beside the current one."""

from datetime import date
from itertools import chain, product
from string import ascii_uppercase

from taizhang.ledger.current import DEFAULT_PACK
from taizhang.ledger.models import OWN_KEY, Duty, Item, Ledger, Notice
from taizhang.ledger.reviewing.reading import Reading, ReadItem
from taizhang.notices.deadlines import last_day, read_deadline
from taizhang.notices.model import Departments

TITLE_LENGTH = 40


def own_ledger(notice: Notice, read: Reading, *, in_place_of: Ledger | None = None) -> Ledger:
    """A ledger of the notice's items and departments, without commitments.

    It stands beside the current ledger and draws on the same pack; `in_place_of` one that was put
    out of force just now it takes over that one's pack, letter and numbers.
    """
    title = notice.annex_title or notice.title or notice.file_name
    current = in_place_of or Ledger.objects.filter(is_current=True).first()
    ledger = Ledger.objects.create(
        key=f"{OWN_KEY}{notice.pk}",
        pack_key=current.pack_key if current else DEFAULT_PACK,
        prefix=in_place_of.prefix if in_place_of else _free_prefix(),
        parameters=in_place_of.parameters if in_place_of else {},
        version="1",
        title_zh=title,
        title_en=title,
        basis=notice.document_number,
        basis_on=notice.issued_on,
        is_current=False,
    )
    for position, found in enumerate(read.items, start=1):
        heading = heading_of(found.text)
        item = Item.objects.create(
            ledger=ledger,
            number=position,
            title_zh=heading,
            title_en=heading,
            text=found.text,
            **deadline_columns(found, read),
        )
        Duty.objects.bulk_create(_duties(item, found.departments))
    return ledger


def heading_of(text: str) -> str:
    """What an item is called that has no title: its first sentence, or the clauses of it that fit.

    >>> heading_of("建立职工书屋。每年更新图书。")
    '建立职工书屋'
    """
    sentence = text.strip().split("。")[0]
    if len(sentence) <= TITLE_LENGTH:
        return sentence
    last_stop = max(sentence.rfind(stop, 0, TITLE_LENGTH + 1) for stop in "，；：")
    return sentence[:last_stop] if last_stop > 0 else sentence[:TITLE_LENGTH]


def deadline_columns(item: ReadItem | None, read: Reading) -> dict[str, str | date | None]:
    """The columns of an item's deadline: as written, and its last day where it can be read."""
    written = item.deadline or "" if item else ""
    longest = Item._meta.get_field("deadline").max_length
    return {
        "deadline": written[:longest],
        "due_on": last_day(read_deadline(written, issued_on=read.issued_on)),
    }


def _free_prefix() -> str:
    """The first letter that no ledger ever had, so that a code means one thing for good."""
    taken = set(Ledger.objects.values_list("prefix", flat=True))
    pairs = ("".join(pair) for pair in product(ascii_uppercase, repeat=2))
    return next(prefix for prefix in chain(ascii_uppercase, pairs) if prefix not in taken)


def _duties(item: Item, departments: Departments) -> list[Duty]:
    """One list without a lead: the first-named is proposed, for a person to confirm."""
    leads = departments.lead if departments.lead_is_stated else departments.lead[:1]
    others = (*departments.lead[len(leads) :], *departments.cooperating)
    return [
        Duty(
            item=item,
            department_zh=name,
            department_en=name,
            part=part,
            confirmed=departments.lead_is_stated,
        )
        for part, names in ((Duty.Part.LEAD, leads), (Duty.Part.CO, others))
        for name in names
    ]
