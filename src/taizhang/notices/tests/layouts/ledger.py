"""A small ledger as data, to be written in every layout and read back the same."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Task:
    """A task, who does it and until when; `title` is what stands before its text."""

    title: str
    text: str
    lead: tuple[str, ...]
    helping: tuple[str, ...]
    due: str

    @property
    def everybody(self) -> tuple[str, ...]:
        return self.lead + self.helping


@dataclass(frozen=True, slots=True)
class Read:
    """What a reader finds of a task: `text` without white space."""

    number: int
    text: str
    lead: tuple[str, ...]
    cooperating: tuple[str, ...] = ()
    deadline: str | None = None


TASKS: tuple[Task, ...] = (
    Task(
        "修复老城区路灯",
        "对背街小巷的路灯逐一检查，坏一盏修一盏，建成智慧路灯2000盏。",
        ("市城管局",),
        ("市财政局", "市住建局"),
        "2031年6月底前",
    ),
    Task(
        "增开夜班公交",
        "新增夜班线路六条，末班车延至二十三时。",
        ("市交通局",),
        ("市公交集团",),
        "2031年底前",
    ),
    Task(
        "办好职工夜校",
        "全年开班不少于30期，培训职工3000人次以上。",
        ("市总工会",),
        ("团市委", "市妇联", "市教育局"),
        "2031年11月",
    ),
    Task(
        "整治农贸市场",
        "对主城区农贸市场进行标准化改造，规范经营秩序。",
        ("市商务局",),
        ("各县（市、区）政府",),
        "全年推进",
    ),
    Task(
        "建设口袋公园",
        "利用边角地建设口袋公园15个。",
        ("市林业局",),
        ("市自然资源局", "市水利局"),
        "2031年9月底前",
    ),
    Task(
        "扩大托育供给",
        "每千人口托位数达到4.8个，支持幼儿园开设托班。",
        ("市卫生健康委",),
        ("市教育局", "市发展改革委"),
        "2031年10月底前",
    ),
)
SECTIONS = ("改善出行", "繁荣生活", "优化环境")
TITLE = "临江市2031年民生实事工作方案"
COVER = f"""临江市人民政府办公室文件
临政办发〔2031〕12号

临江市人民政府办公室关于印发{TITLE}的通知

各县（市、区）人民政府，市政府各部门、各直属单位：
《{TITLE}》已经市政府同意，现印发给你们，请结合实际认真组织实施。

临江市人民政府办公室
2031年3月5日

{TITLE}
"""
FEET = {
    "nothing": "",
    "imprint": "抄送：市委办公室，市人大常委会办公室。\n临江市人民政府办公室　　2031年3月6日印发\n",
    "note": "备注：以上任务由市政府督查室按季度督办。\n",
    "request": "各责任单位要按月报送进展情况，确保任务落实到位。\n",
    "signature": "临江市人民政府办公室\n2031年3月5日\n",
}
"""What may stand below the last task and is no part of it."""
