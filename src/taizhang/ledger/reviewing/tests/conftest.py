"""A notice that was received, with an item whose lead is not stated."""

import pytest

from taizhang.ledger.models import Notice
from taizhang.ledger.receiving import receive_notice
from taizhang.ledger.tests.conftest import ledger  # noqa: F401  (the fixture)

TEXT = """青松市总工会文件

青松工发〔2025〕7号

青松市总工会关于印发《青松市总工会年度工作台账》的通知

各县区总工会：

现将台账印发你们，请认真落实。

青松市总工会

2025年3月8日

青松市总工会年度工作台账

序号	目标任务	责任部门
1	每年召开两次劳动竞赛推进会。	经济部 宣教部
2	建立职工书屋。	宣教部
3	各县总工会每年至少慰问职工100名。	详见附表
"""


@pytest.fixture
def notice(ledger, chen) -> Notice:  # noqa: F811
    """Three items: a list without a lead, a surely read one, one whose department is none."""
    return receive_notice(TEXT.encode(), "台账.txt", by=chen)
