"""Invented names of persons and employers, put together from syllables."""

from dataclasses import dataclass
from random import Random

_SURNAMES = "王李张刘陈杨赵黄周吴徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾萧田董潘袁于蒋蔡"
_MALE = "建国志强伟明海波永刚立新文斌学军春雷长江振华庆丰卫东克俭守业宏图子墨浩然一鸣思远"
_FEMALE = "秀兰丽华玉梅桂芳晓燕雅琴淑珍春霞海燕文静婷婷雪梅慧敏佳宁梓涵若溪欣怡诗雨"
_BRAND_FIRST = "渤榆碣骊滦岚潮汐砚楹栎峥澍珩霁朔"
_BRAND_SECOND = "舟岳屿禾衡弈曜崧沅蔚煦钧垚翎棣璟"

MALE, FEMALE = "1", "2"


@dataclass(frozen=True, slots=True)
class Person:
    name: str
    gender: str
    birth_year: int


def person(dice: Random, *, women: float = 0.35, born: tuple[int, int] = (1966, 1994)) -> Person:
    """Somebody who does not exist."""
    gender = FEMALE if dice.random() < women else MALE
    pool = _FEMALE if gender == FEMALE else _MALE
    pairs = [pool[place : place + 2] for place in range(0, len(pool) - 1, 2)]
    given = dice.choice(pairs) if dice.random() < 0.75 else dice.choice(pool)
    return Person(dice.choice(_SURNAMES) + given, gender, dice.randint(*born))


def brand(dice: Random) -> str:
    """Two characters that stand for a firm, a school or a house."""
    return dice.choice(_BRAND_FIRST) + dice.choice(_BRAND_SECOND)


@dataclass(frozen=True, slots=True)
class Trade:
    """A line of business: what stands in a name, and its code in GB/T 4754-2017."""

    word: str
    industry: str
    skilled: bool


TRADES = (
    Trade("机械", "C34", True),
    Trade("重型装备", "C35", True),
    Trade("汽车零部件", "C36", True),
    Trade("轨道器材", "C37", True),
    Trade("电器", "C38", True),
    Trade("电子", "C39", True),
    Trade("玻璃", "C30", True),
    Trade("新型建材", "C30", True),
    Trade("钢铁", "C31", True),
    Trade("金属制品", "C33", True),
    Trade("食品", "C14", False),
    Trade("粮油", "C13", False),
    Trade("葡萄酒", "C15", True),
    Trade("服装", "C18", False),
    Trade("包装", "C22", False),
    Trade("化工", "C26", True),
    Trade("制药", "C27", True),
    Trade("塑料", "C29", False),
    Trade("热力", "D44", True),
    Trade("水务", "D46", True),
    Trade("建筑工程", "E47", True),
    Trade("装饰工程", "E50", False),
    Trade("商贸", "F51", False),
    Trade("超市", "F52", False),
    Trade("物流", "G54", False),
    Trade("港务", "G55", True),
    Trade("仓储", "G59", False),
    Trade("酒店", "H61", False),
    Trade("餐饮", "H62", False),
    Trade("软件", "I65", True),
    Trade("物业服务", "K70", False),
    Trade("人力资源服务", "L72", False),
    Trade("检测技术", "M74", True),
    Trade("环境工程", "N77", True),
    Trade("旅游", "R90", False),
)
