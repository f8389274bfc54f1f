"""The units that the reader of commitments knows, and which of them stand in names."""

import re

from taizhang.notices.commitments.words import listed

EVENTS = listed("人次 场次 批次 次 场 期 轮 回 遍 课时 学时")
"""What happens: 开展一次 states a number even where nothing else in the clause does."""

THINGS = listed(
    "家 名 人 位 户 件 份 篇 部 首 台 套 辆 座 所 处 间 栋 幢 门 册 本 张 亩 公顷 公里 千米 "
    "米 平方米 平方公里 立方米 吨 块 条 支 项 款 对 班 节 堂 宗 起 例 个 株 头 只 艘 架 "
    "列 孔 枚 幅 集 片 段 课 人天 工时 标台 标准箱 床 张床 学位 岗位 车次 公斤 千克 倍 字 卡 "
    "分 元 美元 欧元 元人民币 千瓦 千瓦时 千伏安 兆瓦 兆瓦时 兆帕 吨标准煤 分贝 摄氏度 "
    "个百分点 百分点 个点 克 微克 毫克 毫升 毫米 厘米 兆 比特 组 斤 公升 升 剂 剂次 头 "
    "μg/m³ μg/m3 标箱 蒸吨 卷 页 把 席 架次 辆次 羽 棵 盏 根 趟 桌 餐 人日 户次 立方 "
    "亩次 大类 中类 小类 千克标准煤 克标准煤"
)
"""What is counted or weighed."""

LOOSE = listed(
    "个 项 条 支 套 类 种 批 对 部 门 本 张 位 节 段 片 起 只 头 集 块 首 幅 件 班 分 字 列 "
    "课 份 处 间 所 台 座 户 人 大类 中类 小类"
)
"""Units that also stand in names (三项制度, 四个方面): a Chinese numeral with one of them is a
quantity only where a verb of bringing about or a comparator says so."""

MEASURES = listed(
    "倍 个百分点 百分点 个点 元 美元 欧元 亩 公顷 公里 千米 平方米 平方公里 立方米 吨 斤 公斤 "
    "千克 千瓦 千瓦时 兆瓦"
)
"""Units that stand in no name: 两万三千亩, 三个百分点, 一倍 are quantities by themselves."""

OF_MANY = listed("/10万 /十万 /百万 /万 /万人 /千人")
"""10/10万: so many in a hundred thousand."""

SPANS = listed(
    "个工作日 工作日 个自然日 自然日 个月 个季度 个小时 小时 分钟 毫秒 秒 日历天 周岁 年 天 日 周 "
    "岁 学年 学期"
)
"""Spans of time. A bare one (24小时, 三年) is a name or a circumstance, not a quantity."""

LATIN_UNITS = frozenset(
    re.split(
        " ",
        "ms s h m km m2 m3 km2 kg g t mg mm cm kW MW GW W kWh MWh GWh MB GB TB PB EB Mbps "
        "Gbps Tbps FLOPS PFLOPS EFLOPS P dB Hz DPI dpi GHz MHz ppm nm",
    )
)

PERCENT = frozenset("%‰")

COUNTED = listed(
    "人次 场次 批次 次 场 期 轮 回 遍 家 名 人 位 户 件 份 篇 部 首 台 套 辆 座 所 处 间 栋 "
    "幢 门 册 本 张 条 支 项 款 对 班 节 堂 宗 起 例 株 头 只 艘 架 列 枚 幅 集 片 段 床 学位 "
    "岗位 车次 个"
)
"""Units of things that are counted; the rest measure an amount."""

PERSONAL = listed("名 家 所 位 座 次 场 期 户 处 支")
"""Units with which even 一 after a verb counts: 配备一名, 建成一家."""

COUNTING_ACTORS = frozenset(
    ["家", "个", "名", "所", "户", "次", "项", "位", "%", "‰", "个百分点"]
) | {""}
"""Units that count the actors behind them (10家以上企业), where others describe them."""

SIZES = listed("米 毫米 厘米 吨 升 千瓦 兆瓦 千伏安 kW MW mm")
"""Units that also say how large a thing is: 38米举高车2台."""

AGED = listed(
    "儿童 幼儿 婴幼儿 女生 男生 女孩 男孩 少年 青少年 老人 老年人 学生 妇女 女性 男性 人群 群众 "
    "居民 青年"
)
"""Whom an age describes: 14岁女生; 18岁成人礼 is a name."""

REACHES = frozenset(["米", "公里", "千米", "分钟"])
