"""The words that the reader of commitments knows: comparators, verbs, actors, names."""

from taizhang.notices.commitments.model import Comparator, Strength
from taizhang.notices.commitments.words import Words, listed

AT_LEAST, AT_MOST = Comparator.AT_LEAST, Comparator.AT_MOST
MORE, LESS, EQUAL = Comparator.MORE_THAN, Comparator.LESS_THAN, Comparator.EQUAL
ALMOST = listed("余 多")
"""十余家: more than ten."""

BEFORE: Words[tuple[Comparator, int]] = Words(
    {
        **{
            f"{negation}{word}": (comparator, 20)
            for negation in ("不", "不得", "不能", "不应", "不可", "不再")
            for word, comparator in {
                "少于": AT_LEAST,
                "低于": AT_LEAST,
                "小于": AT_LEAST,
                "短于": AT_LEAST,
                "超过": AT_MOST,
                "超": AT_MOST,
                "高于": AT_MOST,
                "多于": AT_MOST,
                "大于": AT_MOST,
                "长于": AT_MOST,
            }.items()
        },
        "至少": (AT_LEAST, 20),
        "最少": (AT_LEAST, 20),
        "起码": (AT_LEAST, 12),
        "达到": (AT_LEAST, 16),
        "达": (AT_LEAST, 1),
        "下限": (AT_LEAST, 4),
        "满": (AT_LEAST, 0),
        "≥": (AT_LEAST, 2),
        ">=": (AT_LEAST, 2),
        "最低": (AT_LEAST, 4),
        "最小": (AT_LEAST, 1),
        **dict.fromkeys(["最高", "最多", "至多"], (AT_MOST, 12)),
        "最大": (AT_MOST, 1),
        "最长": (AT_MOST, 4),
        "上限": (AT_MOST, 8),
        "≤": (AT_MOST, 2),
        "<=": (AT_MOST, 2),
        "超过": (MORE, 10),
        "超": (MORE, 0),
        "突破": (MORE, 1),
        "逾": (MORE, 0),
        "高于": (MORE, 12),
        "大于": (MORE, 8),
        "多于": (MORE, 8),
        "过": (MORE, 0),
        ">": (MORE, 2),
        "低于": (LESS, 12),
        "少于": (LESS, 8),
        "小于": (LESS, 8),
        "不足": (LESS, 1),
        "不到": (LESS, 1),
        "不满": (LESS, 1),
        "未满": (LESS, 1),
        "未达到": (LESS, 6),
        "<": (LESS, 2),
        **{
            f"{verb}{to}": (EQUAL, 1)
            for verb in (
                "压缩",
                "缩短",
                "压减",
                "减少",
                "延长",
                "降低",
                "下降",
                "精简",
                "降",
                "减",
                "增",
            )
            for to in ("至", "到", "为")
        },
        "约": (EQUAL, 0),
        "近": (EQUAL, 0),
        **{
            f"{ranked}前": (AT_MOST, 0)
            for ranked in ("排名", "位居", "进入", "获得", "取得", "全省", "全市", "全国", "全县")
        },
    }
)
"""Comparators before a number, and how many characters may stand between: 不少于职工总数的60%,
but only 突破1000亿元, since 突破关键技术10项 breaks through."""

AFTER: Words[Comparator] = Words(
    {
        "及以上": AT_LEAST,
        "或以上": AT_LEAST,
        "(含)以上": AT_LEAST,
        "以上(含": AT_LEAST,
        "以上": AT_LEAST,
        "封顶": AT_MOST,
        "为上限": AT_MOST,
        "为限": AT_MOST,
        "及以下": AT_MOST,
        "(含)以下": AT_MOST,
        "以下": AT_MOST,
        "(含)以内": AT_MOST,
        "以内": AT_MOST,
        "之内": AT_MOST,
        "内": AT_MOST,
        "以外": MORE,
        "左右": EQUAL,
        "上下": EQUAL,
    }
)
"""Comparators after a number. 以上, 以下 and 以内 include it (Civil Code art. 1259)."""

TREND = listed("增长 提高 提升 增加 下降 降低 减少 压减 缩短 上升 递增 增幅 增速 降幅 压缩 翻番")
COVERAGE = listed("覆盖率 覆盖面 建会率 入会率 普及率 建制率 参保率 签订率 建档率 达标率 覆盖")
MODALS: Words[Strength] = Words(
    {
        **dict.fromkeys(
            ["必须", "务必", "确保", "保证", "足额", "不得", "严禁", "依法"], Strength.MUST
        ),
        **dict.fromkeys(
            [
                "应当",
                "应该",
                "要",
                "应",
                "须",
                "需",
                "坚持",
                "推动",
                "推进",
                "促进",
                "力争",
                "争取",
                "原则上",
                "努力",
                "计划",
                "拟",
            ],
            Strength.SHOULD,
        ),
        **dict.fromkeys(["支持", "给予", "扶持", "优先支持"], Strength.SUPPORT),
        **dict.fromkeys(["鼓励", "引导", "探索", "提倡", "倡导", "有条件的"], Strength.ENCOURAGE),
    }
)

NOT_WORDS = listed(
    "重要 主要 需要 必要 要素 要求 要点 首要 纪要 要害 只要 要紧 摘要 概要 相应 适应 响应 "
    "效应 供应 反应 应用 应急 应对 对应 应届 应聘 必需 急需 所需 需求 内需 按需 计划生育 模拟 "
    "虚拟 拟定 要件 主要负责 支持政策 推动力 新建会 督导员 资助面 建筑 完成率 覆盖人群 服务业 "
    "服务站 服务圈 服务点 服务中心 示范点 示范基地 培训班 示范区 试点县 超充 超算 超级 超声 超市 "
    "超前 超大 超高 超低 超重 超载 超时 超限 超标 超期 超导 超越 超长 不到位 设备 设施 设计 "
    "最多跑一次 只跑一次"
)
"""Words in which a modal word or a verb is none."""

ACTIONS = listed(
    "建设 建成 建立 新建 改建 扩建 筹建 组建 设立 成立 打造 创建 培育 培养 培训 轮训 选树 "
    "评选 评定 认定 遴选 命名 表彰 奖励 新增 增加 新设 发展 吸纳 引进 招引 招募 招聘 选派 "
    "选聘 选拔 选出 推选 推荐 配备 配强 明确 确定 落实 完成 实现 达到 提高到 提高至 提升到 "
    "提升至 降低到 降低至 降至 下降到 增至 增加到 增加至 扩大到 开展 举办 召开 组织 听取 研究 "
    "走访 慰问 检查 督查 督导 巡查 排查 抽查 调研 报告 报送 上报 通报 公布 公开 发布 出台 "
    "制定 修订 编制 印发 签订 签约 开设 开办 推出 推广 创作 申报 申请 办理 办结 受理 调处 "
    "化解 答复 反馈 救助 帮扶 资助 补助 补贴 安排 投入 拨付 列支 提取 用于 给予 发放 服务 "
    "覆盖 惠及 提供 解决 改造 整治 治理 修缮 更新 购置 配置 投放 种植 绿化 转化 攻克 突破 "
    "形成 示范 试点 举行 观看 参加 参与 选送 储备 储蓄 实施 推进 抓好 抓实 探索 谋划 提交 "
    "提出 安装 接入 开通 运行 投用 投产 开工 竣工 验收 整改 清零 归档 更换 维修 巡检 走访慰问 "
    "约谈 派出 讲授 宣讲 学习 授课 交流 评估 考核 测评 审计 演练 体检 疗休养 休养"
)
"""Verbs of bringing about: before a number they make a quantity of it."""

ACTORS = listed(
    "党委 党组 党组织 党支部 支部 政府 工会 总工会 联合会 委员会 企业 单位 部门 机关 机构 "
    "组织 团体 协会 商会 公司 集团 学校 院校 高校 医院 社区 园区 开发区 新区 街道 乡镇 县区 "
    "县市区 各地 各级 各县 各市 各区 地区 地方 平台 基地 项目 职工 干部 负责人 书记 主席 班子 "
    "成员 教师 学生 党员 代表 委员 人员 主体 银行 商户 网点 门店 车间 班组 工地 村 户 人才 "
    "家庭 个人 创业者 劳动者 经营者 从业者 毕业生 农户 大户 团队"
)
"""Who owes something; also what a condition speaks of."""

SUBJECT_ENDINGS = listed(
    "省 市 县 区 乡 镇 局 厅 委 办 中心 站 所 院 馆 行 队 司 部 处 室 会 方 者 级"
)
"""Endings of the names of bodies, for the words before the first verb of a clause."""

THRESHOLDS = (
    "超过",
    "达到",
    "突破",
    "满",
    "不满",
    "不足",
    "不到",
    "高于",
    "低于",
    "大于",
    "小于",
    "超",
)
"""Comparators that also open a condition: 超过100人的企业."""

GOALS = listed("目标 水平 任务 要求 标准 规模")
"""超过1000亿元的目标: behind a number these are what is to be reached, nobody that it describes."""

GIVEN = listed("给予 予以 按 奖励 补助 补贴 实行 减 免")
"""对……的企业给予: what is done for those whom the words before describe."""

DWELT_IN = listed("自然村 行政村 村 小区 屯 集中 聚居")
"""30户以上自然村: households that tell how large a place is."""

CONSEQUENCES = listed(
    "给予 予以 应 须 由 按 可 不得 一律 取消 暂停 约谈 通报 纳入 列入 部分 为不 为优 为合 为良 属 "
    "实行 设 奖 补"
)
"""500平方米以上的给予: behind 的 these open what follows from the case."""

NO_NOUN = frozenset("可应须由并且和及与或的用且仍均都每时者")
"""Characters that begin no name of what a threshold before them describes."""

ASKED = listed(
    "应具备 须具备 应当具备 需具备 以下条件 下列条件 申报条件 申报单位 申报企业 申报人 申请人"
)
"""From these on, numbers say what an applicant must have."""

NAMES = listed(
    "最多跑一次 一次性 一次办 一次办好 一次办成 一次告知 二次供水 二次装修 二次开发 二次创业 "
    "三次产业 三次分配 一次产业 一次分配 一件事 一张网 一张图 一盘棋 一条龙 一条心 一本账 "
    "一张表 一个窗口 一家亲 一线 一体 一批 一定 一系列 一律 一致 一切 一些 一般 一方面 一把手 "
    "一起 一同 一旦 一向 一再 一直 一样 一流 一代 一手 一部分 十分 万一 百姓 千方百计 "
    "千家万户 一门式 一站式 一揽子 三农 三公 一并 一票 二维码 三维 一年四季 五星级 一件件 "
    "一次次 一户一 一人一 八小时 两岸 一下 一种 一类 一支队伍 万元户 千人计划 万人计划 "
    "百人计划 一把 百兆 千兆 万兆 一对一 一家一户 八项规定 八项 四个意识 两个维护"
)
"""Words of every day and of policy in which a numeral counts nothing."""

CLOSED_BY_ONE = listed(
    "人 企 户 县 镇 村 案 家 校 社 区 店 品 厂 车 院 项 园 岗 街 乡 所 站 室 点 事 项目 "
    "年 月 周 季 季度"
)
"""一人一档, 一企一策, 一月一通报: each has its own."""

DIALLED = listed("热线 电话 专线 平台 急救")
"""12345热线, 120电话: a number to dial."""

NOT_AFTER = frozenset("级版号型代届制化大强星岸方式刀步流者维楼室")
"""A number before one of these is part of a name: 三级, 2.0版, 4号, 三年制."""

NAMED_PERIODS = listed("度 行动 滚动 规划 计划 攻坚 工程 任务 方案 制 来 级 期")
"""三年行动计划, 上一年度, 三年来: after a span of years these make a name or look back."""

PHASED = listed("工程 项目 建设 基金 改造")
"""二期工程, 基金三期: a phase, not a number of times."""

LOOKING_BACK = listed(
    "以来累计 以来共 以来已 已有 已经 累计已 已建 已完成 已达 已设 已成立 已培 已开展 已认定 已选 "
    "在册"
)
"""The clause of one of these tells what is, not what is owed."""

PRESENT = listed("现有 现设 共有")
"""As LOOKING_BACK where nothing is done: 现有职工3000人, but 改造现有站点20个."""

AHEAD = listed("下一步 接下来 今后 剩余")
"""From these on a report says what is owed again."""

UP_TO_NOW = listed("截至 截止 目前 去年")
"""As LOOKING_BACK, up to the end of the sentence or a date by which something is due."""

ABSTRACT = listed(
    "方面 环节 机制 体系 统一 转变 关键 重点 优势 层面 领域 维度 原则 阶段 层次 步骤 意识 "
    "自信 坚持 必须 服务 文明 市场 结合 相结合 同步 到位 不 体制 制度 要素 循环 大局 一"
)
"""What a loose unit counts where it only lists headings: 三个方面, 两项制度, 五个一."""

HEADINGS = listed("方面 层面 领域 维度 大类 类别 阶段 步骤")
"""6个方面23条措施: parts of a text, even in Arabic digits."""

REACHING = listed("服务半径 半径 覆盖 服务圈 生活圈 范围")
"""300米服务半径, 500米覆盖率: how far something reaches is part of its name."""

DONE_WITHIN = listed("全部办结 办结 办完 审结 全部办完 全部完成 答复 反馈")
"""10个工作日办结: a span at once before one of these is a limit even without 内."""

CHANGING = listed(
    "提高 提升 增加 增至 降 下降 扩大 上升 延长 缩 压 减 调整 增长 整合 合并 精简 压缩"
)
"""由50%提高到60%: the first number is where things stand."""

CIRCUMSTANTIAL = frozenset("的为版度")
"""After a year: 2020年的水平, 2025年度 name a year and set no term."""

RESULTS = listed(
    "全面 基本 实现 完成 建成 形成 出台 投用 投产 竣工 开工 达到 验收 启动 发布 印发 上线 挂牌 "
    "取得 具备 并网 通车 投运 运营 开通 封顶"
)
"""A date at once before one of these dates a result even without 前 or 底."""
