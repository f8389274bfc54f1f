"""Notices as PDF files."""

from datetime import date

from taizhang.notices.tests.corpus.case import Case, Head, Row
from taizhang.notices.tests.corpus.pdf_writer import line, pdf, ruled, text

_LEFT, _SIZE = 80, 16
_FULL = 27  # characters in a full line


def _cover(*mark: bytes) -> bytes:
    return b"".join(
        (
            *mark,
            text(220, 690, "临工发〔2030〕9号"),
            line(60, 680, 535, 680),
            text(150, 640, "关于印发《劳动竞赛任务清单》", 22),
            text(260, 610, "的通知", 22),
            text(_LEFT, 570, "各县（区）总工会，市属各产业工会："),
            text(_LEFT + 2 * _SIZE, 545, "现将清单印发给你们，请抓好落实。"),
            text(380, 500, "临江市总工会"),
            text(380, 475, "2030年5月6日"),
            text(290, 40, "— 1 —", 14),
        )
    )


_MARK = text(150, 740, "临江市总工会文件", 36)
_HEAD = Head(
    ("临江市总工会",),
    "临工发〔2030〕9号",
    "关于印发《劳动竞赛任务清单》的通知",
    date(2030, 5, 6),
    ("各县（区）总工会", "市属各产业工会"),
)
_COLUMNS = ("序号", "任务", "责任部门")
_WIDTHS = (40, 290, 110)


def _ruled_over_pages() -> bytes:
    head = [[name] for name in _COLUMNS]
    first = ruled(
        760,
        _WIDTHS,
        [
            head,
            [
                ["1"],
                ["举办焊工大赛，选拔优秀选手参加全省比赛", "和技能展示。"],
                ["经济部", "宣教部"],
            ],
            [["2"], ["举办厨艺大赛，参赛者不少于三十人，比赛"], ["经济部、财务", "部、市总工会"]],
        ],
    )
    second = ruled(
        760,
        _WIDTHS,
        [
            head,
            [[""], ["结果向社会公布。"], ["办公室"]],
            [["3"], ["落实奖励经费。"], ["财务部"]],
        ],
    )
    title = text(200, 780, "劳动竞赛任务清单", 20)
    return pdf(
        _cover(_MARK),
        title + first + text(290, 40, "— 2 —", 14),
        second + text(290, 40, "— 3 —", 14),
    )


def _columns_without_rules() -> bytes:
    places = (60, 110, 400)
    rows = (
        _COLUMNS,
        ("1", "举办焊工大赛，选拔优秀选手参加", "经济部"),
        ("", "全省比赛。", ""),
        ("2", "举办厨艺大赛。", "宣教部、财务部"),
        ("3", "落实奖励经费，按规定列支，不得", "财务部"),
        ("", "挪作他用。", ""),
    )
    drawn = b"".join(
        text(x, 740 - 24 * at, content, 15)
        for at, cells in enumerate(rows)
        for x, content in zip(places, cells, strict=True)
        if content
    )
    return pdf(_cover(_MARK), text(200, 780, "劳动竞赛任务清单", 20) + drawn)


def _running_text() -> bytes:
    """A paragraph over the end of a page, full-width digits a little higher than the text."""
    lines = (
        "　　（一）举办焊工大赛。面向全市企业职工，设立焊接、",
        "切割、检验三个项目，年内完成预赛和决赛，带动岗位练兵，",
        "促进技能提升，全市参赛职工达到　　　　名以上，形成人人",
    )
    page = b"".join(
        text(_LEFT, 200 - 28 * at, content.lstrip("　"), _SIZE)
        if not content.startswith("　　")
        else text(_LEFT + 2 * _SIZE, 200, content.strip("　"), _SIZE)
        for at, content in enumerate(lines)
    )
    digits = text(_LEFT + 15 * _SIZE, 149, "３０００", _SIZE)
    more = (
        "学技术的风气。（责任单位：经济部、",
        "各县〔区〕总工会）",
    )
    below = b"".join(text(_LEFT, 760 - 28 * at, content) for at, content in enumerate(more))
    second = text(_LEFT + 2 * _SIZE, 700, "（二）落实奖励经费。（责任单位：财务部）")
    foot = text(380, 640, "临江市总工会") + text(380, 615, "2030年5月6日")
    head = b"".join(
        (
            _MARK,
            text(220, 690, "临工发〔2030〕9号"),
            text(130, 640, "关于开展劳动竞赛的通知\ue5e5", 22),
            text(_LEFT, 570, "各县（区）总工会，市属各产业工会："),
            text(_LEFT + 2 * _SIZE, 545, "现就有关事项通知如下："),
        )
    )
    number = text(290, 40, "—１—", 14)
    return pdf(head + page + digits + number, below + second + foot + text(290, 40, "—２—", 14))


def _head_in_two_columns() -> bytes:
    mark = b"".join(
        (
            text(90, 780, "临江市总工会", 28),
            text(90, 745, "临江市教育局", 28),
            text(330, 762, "文件", 28),
        )
    )
    ledger = ruled(
        420, _WIDTHS, [[[name] for name in _COLUMNS], [["1"], ["举办焊工大赛。"], ["经济部"]]]
    )
    signed = text(120, 500, "临江市教育局")
    return pdf(_cover(mark) + signed + text(200, 440, "劳动竞赛任务清单", 18) + ledger)


PDFS: tuple[Case, ...] = (
    Case(
        "pdf-ruled-table-over-pages",
        "notice.pdf",
        _ruled_over_pages,
        _HEAD,
        (
            Row(1, "举办焊工大赛，选拔优秀选手参加全省比赛和技能展示。", ("经济部", "宣教部")),
            Row(
                2,
                "举办厨艺大赛，参赛者不少于三十人，比赛结果向社会公布。",
                ("经济部", "财务部", "市总工会", "办公室"),
            ),
            Row(3, "落实奖励经费。", ("财务部",)),
        ),
    ),
    Case(
        "pdf-columns-without-rules",
        "notice.pdf",
        _columns_without_rules,
        _HEAD,
        (
            Row(1, "举办焊工大赛，选拔优秀选手参加全省比赛。", ("经济部",)),
            Row(2, "举办厨艺大赛。", ("宣教部", "财务部")),
            Row(3, "落实奖励经费，按规定列支，不得挪作他用。", ("财务部",)),
        ),
    ),
    Case(
        "pdf-running-text-over-pages",
        "notice.pdf",
        _running_text,
        Head(
            _HEAD.issuers,
            _HEAD.number,
            "关于开展劳动竞赛的通知",
            _HEAD.issued_on,
            _HEAD.recipients,
        ),
        (
            Row(
                1,
                "举办焊工大赛。面向全市企业职工，设立焊接、切割、检验三个项目，年内完成预赛和决赛，带动岗位练兵，"
                "促进技能提升，全市参赛职工达到３０００名以上，形成人人学技术的风气。",
                ("经济部", "各县〔区〕总工会"),
            ),
            Row(2, "落实奖励经费。", ("财务部",)),
        ),
    ),
    Case(
        "pdf-head-in-two-columns",
        "notice.pdf",
        _head_in_two_columns,
        Head(
            ("临江市总工会", "临江市教育局"),
            _HEAD.number,
            _HEAD.title,
            _HEAD.issued_on,
            _HEAD.recipients,
        ),
        (Row(1, "举办焊工大赛。", ("经济部",)),),
    ),
)
