"""The ten areas of the demo city, and how much of everything each has."""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

SEED = "taizhang demo city 1"
CITY = "130300"


@dataclass(frozen=True, slots=True)
class Place:
    """One area. `mark`: the first character of its document numbers; `short`: its everyday name.

    streets, townships, employers: how many; is_zone: a management committee instead of a congress
    and a government.
    """

    code: str
    name: str
    short: str
    mark: str
    streets: int
    townships: int
    employers: int
    is_zone: bool = False

    @property
    def government(self) -> str:
        return f"{self.name}管理委员会" if self.is_zone else f"{self.name}人民政府"

    @property
    def party_committee(self) -> str:
        if self.is_zone:
            return f"中共秦皇岛市委{self.name}工作委员会"
        return f"中共{self.name}委员会"

    @property
    def federation(self) -> str:
        return f"{self.name}总工会"

    @property
    def level(self) -> str:
        return "city" if self.code == CITY else "county"


PLACES = (
    Place(CITY, "秦皇岛市", "秦皇岛", "秦", 0, 0, 0),
    Place("130302", "海港区", "海港", "海", 16, 10, 480),
    Place("130303", "山海关区", "山海关", "山", 5, 6, 160),
    Place("130304", "北戴河区", "北戴河", "北", 4, 3, 80),
    Place("130306", "抚宁区", "抚宁", "抚", 4, 12, 200),
    Place("130321", "青龙满族自治县", "青龙", "青", 2, 25, 170),
    Place("130322", "昌黎县", "昌黎", "昌", 4, 18, 260),
    Place("130324", "卢龙县", "卢龙", "卢", 3, 14, 170),
    Place("130371", "经济技术开发区", "开发区", "开", 10, 4, 420, is_zone=True),
    Place("130372", "北戴河新区", "北戴河新区", "新", 4, 6, 60, is_zone=True),
)
THE_CITY = PLACES[0]
COUNTIES = PLACES[1:]
GOVERNED = tuple(place for place in PLACES if not place.is_zone)


def chance(topic: str) -> Random:
    """The dice of one topic; changing one topic leaves the others as they are."""
    return Random(f"{SEED}/{topic}")  # noqa: S311  a demonstration needs the same dice everywhere


_FIRST = "柳榆松槐桃杏枫柏梨枣莲苇石云青白望临安永兴和清长平东西南北双"
_SECOND = "河桥庄营堡寨岭坡泉湾塘洼台园口峪沟屯店楼"


def settlement_names(dice: Random) -> Iterator[str]:
    """Invented names of townships, streets and villages, each once."""
    names = [first + second for first in _FIRST for second in _SECOND]
    dice.shuffle(names)
    yield from names
