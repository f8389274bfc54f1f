"""Rows of the registers `congress`, `congress_matter` and `congress_system`."""

from datetime import date

import factory

from taizhang.core.organisations.testing import HAIGANG, EmployerFactory, RecordFactory
from taizhang.domains.congress.models import (
    Congress,
    CongressKind,
    CongressMatter,
    CongressSystem,
)


class CongressFactory(RecordFactory):
    """The session of March 2026 of a plant in Haigang: 81 delegates of 900 workers, 54 present."""

    class Meta:
        model = Congress

    employer = factory.SubFactory(EmployerFactory)
    region_id = HAIGANG
    kind = CongressKind.CONGRESS
    held_on = date(2026, 3, 20)
    headcount = 900
    delegates = 81
    managers = 16
    present = 54


class CongressMatterFactory(RecordFactory):
    """A vital matter put to a secret ballot, with 41 yes of 81 delegates."""

    class Meta:
        model = CongressMatter

    congress = factory.SubFactory(CongressFactory)
    region_id = HAIGANG
    title = factory.Sequence(lambda n: f"工资集体协商方案之{n}")
    vital = True
    secret = True
    yes = 41


class CongressSystemFactory(RecordFactory):
    """What a plant in Haigang has in 2026; each row has an employer of its own."""

    class Meta:
        model = CongressSystem

    employer = factory.SubFactory(EmployerFactory)
    region_id = HAIGANG
    year = 2026
