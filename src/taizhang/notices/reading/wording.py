"""The fixed expressions of official documents that reading goes by (GB/T 9704-2012)."""

import re
import unicodedata

_CHINESE = "\u3400-\u9fff\uff00-\uffef\u3000-\u303f“”‘’—…·"
_GAP = re.compile(r"\s+")
_BESIDE_GAP = re.compile(f"[{_CHINESE}]")

# The kinds of official documents (条例 art. 8), then those of plans and ledgers sent with them.
DOCUMENT_KINDS = (
    *("决议", "决定", "命令", "公报", "公告", "通告", "意见", "通知", "通报", "报告"),
    *("请示", "批复", "议案", "函", "纪要"),
    *("台账", "方案", "措施", "清单", "要点", "计划", "规划", "办法", "规定", "细则"),
    *("条例", "分工", "任务", "任务书", "安排", "目录", "一览表", "分解表", "分工表"),
    *(
        "责任表",
        "任务表",
        "计划表",
        "明细表",
        "汇总表",
        "进度表",
        "举措",
        "指引",
        "指南",
        "预案",
        "制度",
    ),
    *("标准", "规范", "规程", "名单", "责任状", "责任书", "行动", "工程", "要求", "手册"),
    *(
        "分解",
        "交办单",
        "任务单",
        "督办单",
        "推进表",
        "安排表",
        "时间表",
        "配档表",
        "重点工作",
        "实事",
    ),
)

LONGEST_TITLE = 120
OPENING, CLOSING = "（(【[〔", "）)】]〕"
_PARTED_OFF, _PARTED_ON = f"{OPENING}〈<《“", f"{CLOSING}〉>》”"

_PAGE_NUMBER = re.compile(
    r"\s*(?:[—–－·-]+\s*[0-9０-９]{1,4}\s*[—–－·-]+"
    r"|第\s*[0-9０-９]{1,4}\s*页(?:\s*[，,/]?\s*共\s*[0-9０-９]{1,4}\s*页)?)\s*"
)
_BODY = re.compile(
    "(?:[^、，；\\s](?:部|室|局|厅|委|办|处|院|署|会|联|协|组|所|站|队|厂|校|行|社|台|馆|庭|府|中心|公司"
    "|集团|单位|部门|机关|学校|企业|支行|海关|专班|街道|乡镇|各地)|各[镇乡村]"
    "|[^、，；\\s]{2}(?:区|县|市|省|科|镇|乡|村))$"
)

NUMBER_MARKS = (
    re.compile(r"第(?P<number>[一二三四五六七八九十百]{1,4})(?:章|部分|编)[\s、：:]*"),
    re.compile(r"(?P<number>[一二三四五六七八九十百]{1,4})\s?[、.．](?![一二三四五六七八九十]、)"),
    re.compile(r"[（(]\s*(?P<number>[一二三四五六七八九十百]{1,4})\s*[）)][、.．]?"),
    re.compile(r"第(?P<number>[一二三四五六七八九十百零]{1,5}|[0-9]{1,3})[条项][\s、：:]*"),
    re.compile(
        r"(?:(?:重点|主要|目标)?(?:任务|工作|事项|项目|举措|行动|工程|问题))"
        r"(?P<number>[一二三四五六七八九十]{1,3}|[0-9]{1,3})[：:、.．\s]"
    ),
    # Digits behind the point are of a decimal or a code, unless they are a year.
    re.compile(
        r"(?P<number>[0-9０-９]{1,3})(?:\s?[.．、](?:(?=[0-9０-９]{4}年)|(?![0-9０-９]))|[）)])"
    ),
    re.compile(r"[0-9]{1,2}[.．](?P<number>[0-9]{1,3})(?:[、.．]|\s(?=\D))"),
    re.compile(r"[（(]\s*(?P<number>[0-9０-９]{1,3})\s*[）)][、.．]?"),
    re.compile(r"(?P<number>[①-⑳])[、.．]?"),
)
"""The marks of numbered paragraphs, from the widest level to the narrowest."""

_FOOT = re.compile(
    "(?:抄送|抄报|分送|主送|附件|附|备注|注|附注|说明|联系人|联系电话)[0-9]{0,2}[：:]"
)
_TABLE = re.compile("[^、，]{4}(?<!代)表$")  # 任务矩阵表, 任务推进一览总表
_LEDGER_WORDS = re.compile("台账|清单|要点|任务|分工|分解|责任|措施|举措|安排")


def without_layout(text: str) -> str:
    """`text` in one line: no spaces beside Chinese characters, digits in plain width.

    >>> without_layout("关于加强  工作的\\n通 知（２０３０ 年）")
    '关于加强工作的通知（2030年）'
    """
    in_one_line = _GAP.sub(_gap_in_one_line, text.strip())
    return "".join(
        unicodedata.normalize("NFKC", character) if "０" <= character <= "ｚ" else character
        for character in in_one_line
    )


def _gap_in_one_line(gap: re.Match[str]) -> str:
    beside = gap.string[gap.start() - 1] + gap.string[gap.end()]
    return "" if _BESIDE_GAP.search(beside) else " "


def number_mark(text: str) -> re.Match[str] | None:
    """The mark of number in front of a numbered paragraph, None where there is none.

    >>> [bool(number_mark(text)) for text in ("（三）修好路。", "2.修好路。", "2031年修好路。")]
    [True, True, False]
    """
    return next((found for mark in NUMBER_MARKS if (found := mark.match(text))), None)


def begins_a_foot(text: str) -> bool:
    """Whether a line belongs to what stands below a text: a note, 附件：, 抄送：.

    >>> begins_a_foot("备注：按月报送。"), begins_a_foot("备齐物资。")
    (True, False)
    """
    return _FOOT.match(text.strip()) is not None


def is_page_number(text: str) -> bool:
    """Whether a line is the number of a page, as the foot of a page has it.

    >>> is_page_number("— 12 —"), is_page_number("第3页 共10页"), is_page_number("12")
    (True, True, False)
    """
    return _PAGE_NUMBER.fullmatch(text) is not None


def ends_like_a_body(text: str) -> bool:
    """Whether a text ends as the names of departments and other bodies do.

    >>> ends_like_a_body("市财政局"), ends_like_a_body("市财")
    (True, False)
    """
    return _BODY.search(text) is not None


def is_title(text: str) -> bool:
    """Whether a text ends as titles do: with the kind of document, perhaps a note in brackets.

    >>> is_title("关于开展检查的通知"), is_title("工作台账（试行）"), is_title("请抓好落实。")
    (True, True, False)
    """
    title = re.sub(r"(?:[（(][^（()）]*[）)])+$", "", text)
    return title.endswith(DOCUMENT_KINDS) or _TABLE.search(title) is not None


def is_ledger_title(text: str) -> bool:
    """Whether a title is that of a list of tasks, not of a notice about something else.

    >>> is_ledger_title("2030年工作要点"), is_ledger_title("关于放假的通知")
    (True, False)
    """
    title = re.sub(r"[（(][^（()）]*[）)]$", "", text)
    return is_title(title) and _LEDGER_WORDS.search(title[-8:]) is not None


def bracket_pairs(text: str) -> list[tuple[int, int]]:
    """The outermost pairs of brackets, of whatever drawing; one without its other is none.

    >>> bracket_pairs("各县（市、区）、（含[街道]）、）（")
    [(2, 7), (8, 15)]
    """
    opened: list[int] = []
    pairs: list[tuple[int, int]] = []
    for at, character in enumerate(text):
        if character in OPENING:
            opened.append(at)
        elif character in CLOSING and opened:
            start = opened.pop()
            while pairs and pairs[-1][0] > start:
                pairs.pop()
            pairs.append((start, at + 1))
    return pairs


def split_outside_brackets(text: str, separators: str) -> list[str]:
    """The parts between separators that stand in no bracket, without empty ones.

    >>> split_outside_brackets("各县（市、区）、市直、", "、")
    ['各县（市、区）', '市直']
    """
    parts: list[str] = []
    start = depth = 0
    for at, character in enumerate(text):
        depth = max(depth + (character in _PARTED_OFF) - (character in _PARTED_ON), 0)
        if character in separators and not depth:
            parts.append(text[start:at].strip())
            start = at + 1
    parts.append(text[start:].strip())
    return [part for part in parts if part]
