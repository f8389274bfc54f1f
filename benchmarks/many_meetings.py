"""Adds meetings to the demonstration's database, in TAIZHANG_HOME, until it has as many as asked.

`python -m benchmarks.many_meetings ROWS`, in a process of its own: it sets up Django. The rows
are made up by their serial number, so that two runs make the same.
"""

import os
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import islice

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "taizhang.config.settings"
django.setup()

from django.db import transaction  # noqa: E402

from taizhang.core.access.models import User  # noqa: E402
from taizhang.core.organisations.models import Area, Organisation  # noqa: E402
from taizhang.core.organisations.organisations import LOCAL_FEDERATIONS, OrgType  # noqa: E402
from taizhang.core.records.models import RecordStatus  # noqa: E402
from taizhang.domains.leadership.models import ConvenerLevel, Meeting, MeetingKind  # noqa: E402
from taizhang.registers.lists.search_index import index_records  # noqa: E402
from taizhang.registers.spec import REGISTERS  # noqa: E402

FIRST_DAY = date(2021, 1, 1)
DAYS = 365 * 6
OF_THE_PLANT = 3
AT_ONCE = 10_000
SUBJECTS = ("工会工作", "产业工人队伍建设改革", "集体协商", "劳动关系形势", "技能竞赛", "职工服务")
ENTERED_AT = datetime(2026, 1, 5, 1, 0, tzinfo=UTC)


def main(rows: int) -> None:
    made = meetings()
    while (missing := rows - Meeting.objects.count()) > 0:
        with transaction.atomic():
            some = Meeting.objects.bulk_create(islice(made, min(missing, AT_ONCE)))
            index_records(REGISTERS["meeting"], some)
        print(f"{rows - missing + len(some):,}", flush=True)


def meetings() -> Iterator[Meeting]:
    """Meetings of six years in all areas; the primary union of the demonstration has three."""
    unions = Organisation.objects.filter(org_type__in=LOCAL_FEDERATIONS)
    owners = {union.region_id: union.pk for union in unions}
    towns = list(
        Organisation.objects.filter(org_type=OrgType.TOWNSHIP_UNION).values_list(
            "pk", "region_id", "name"
        )
    )
    plant = User.objects.get(username="plant").home
    areas = list(Area.objects.order_by("pk"))
    kinds, levels = list(MeetingKind), list(ConvenerLevel)
    start = Meeting.objects.order_by("pk").values_list("pk", flat=True).last() or 0
    for serial in range(start, sys.maxsize):
        spread = serial * 7919  # a prime: neighbours by serial are strangers in every column
        town, region, name = towns[spread % len(towns)]
        area = next(each for each in areas if each.pk == region)
        of_town = serial % 5
        owner = plant.pk if serial < start + OF_THE_PLANT else (town if of_town else owners[region])
        yield Meeting(
            record_no=f"B09-{region}-{serial:08d}",
            owner_org_id=owner,
            region_id=region,
            record_status=RecordStatus.VOID if serial % 97 == 0 else RecordStatus.VERIFIED,
            entered_at=ENTERED_AT,
            kind=kinds[spread // 11 % len(kinds)],
            convener_level=levels[spread // 13 % len(levels)],
            convener=name if of_town else f"{area.name_zh}人民政府",
            held_on=FIRST_DAY + timedelta(days=spread % DAYS),
            agenda=agenda(serial, spread),
            minutes_no=f"{area.name_zh[:2]}纪要〔{2021 + spread % 6}〕{serial}号",
        )


def agenda(serial: int, spread: int) -> str:
    """Some words in all meetings, some in one of fifty, some in one of a hundred thousand."""
    said = f"研究{SUBJECTS[spread // 17 % len(SUBJECTS)]}的有关事项，听取工会情况汇报"
    if spread // 19 % 50 == 0:
        said += "；研究拖欠工资问题的处置"
    if serial % 100_000 == 77:
        said += "；部署龙舟比赛"
    if spread % DAYS < DAYS // 6 and serial % 2:
        said += "；通报疫情防控期间的慰问"  # all in the first year, last in the order of the list
    return said


if __name__ == "__main__":
    main(int(sys.argv[1]))
