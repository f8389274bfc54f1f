"""A ledger beside the shipped one, from a notice of five items, and the account that writes."""

import pytest

from taizhang.ledger.models import Item, Ledger
from taizhang.ledger.receiving import publish_notice, receive_notice
from taizhang.ledger.tests.conftest import ledger  # noqa: F401  a fixture

NOTICE = """青松市总工会文件

青松工发〔2026〕12号

关于印发职工权益保障工作台账的通知

附件

序号\t工作任务\t责任部门
1\t健全联席会议制度，县级以上政府每年至少召开1次政府与工会联席会议。\t办公室
2\t职工100人以上的企业集体合同签订率达到90%以上，每年走访企业不少于20家。\t权益保障部
3\t2026年12月底前出台职工素质提升实施意见。\t经济工作部
4\t做好信息报送。\t宣传教育部
"""
FORMULA = "count(meeting[kind=gov_union_joint])"


@pytest.fixture
def beside(ledger, chen) -> Ledger:  # noqa: F811
    """The ledger of the notice. Nothing is computed yet: trials take the facts as they stand."""
    notice = receive_notice(NOTICE.encode(), "台账.txt", by=chen)
    return publish_notice(notice, by=chen).ledger


@pytest.fixture
def first(beside) -> Item:
    return Item.objects.coded("A1").get()


@pytest.fixture
def office(client, chen):
    client.force_login(chen)
    return client


@pytest.fixture
def written() -> dict[str, object]:
    """What a person types for the joint meeting of item 1."""
    return {
        "duty_zh": "每年至少召开1次联席会议",
        "modality": "must",
        "who_owes": ["government_city"],
        "population": "gov8",
        "scope": "each",
        "numerator": FORMULA,
        "comparator": ">=",
        "target": "1",
        "unit_zh": "次",
        "period": "year",
        "threshold_source": "text",
    }
