"""A published notice with commitments on its items, and the one that revises it."""

from copy import copy

import pytest

from taizhang.ledger.models import Clause, Commitment, Item, Ledger, Notice
from taizhang.ledger.receiving import publish_notice, receive_notice
from taizhang.ledger.tests.conftest import ledger  # noqa: F401  (the fixture)
from taizhang.notices.normalise import text_hash
from taizhang.notices.tests.reissued import NEW, OLD

# By item of the old notice: the words that a commitment rests on.
QUOTES = {
    1: ("每半年至少一次",),
    3: ("建成两处以上户外劳动者歇脚点",),
    4: ("职工200人以上的企业设立专职工会主席", "到位率达到80%"),
    5: ("每年组织一次全市职工技能比武",),
    8: ("每年不少于300人次", "编印业务口袋书，每个基层工会两册"),
    9: ("发放到每名会员",),
}


def commit(item: Item, suffix: int, quote: str) -> Commitment:
    """A commitment on the item, counted as 5.2 of the shipped ledger, its clause at the quote."""
    row = copy(Commitment.objects.get(item__ledger__is_current=True, code="5.2"))
    row._state = copy(row._state)
    row._state.adding, row.pk = True, None
    row.item, row.code, row.position = item, f"{item.code}.{suffix}", suffix
    row.duty_zh = row.duty_en = quote
    row.threshold_source = "default"
    row.save()
    start = item.text.index(quote)
    Clause.objects.create(
        commitment=row, start=start, end=start + len(quote), text_hash=text_hash(item.text)
    )
    return row


@pytest.fixture
def old(ledger, chen) -> Notice:  # noqa: F811
    """The earlier notice, published beside the current ledger, with commitments A1.1 to A9.1."""
    notice = receive_notice(OLD.encode(), "旧.txt", by=chen)
    published = publish_notice(notice, by=chen).ledger
    for number, quotes in QUOTES.items():
        item = published.items.select_related("ledger").get(number=number)
        for suffix, quote in enumerate(quotes, start=1):
            commit(item, suffix, quote)
    return notice


@pytest.fixture
def notice(old, chen) -> Notice:
    """The revision, received and not published."""
    return receive_notice(NEW.encode(), "新.txt", by=chen)


@pytest.fixture
def old_ledger(old) -> Ledger:
    return old.ledgers.get()
