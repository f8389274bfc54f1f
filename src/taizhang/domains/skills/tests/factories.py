"""Rows of the registers `base` and `training`."""

from datetime import date

import factory

from taizhang.core.organisations.testing import HAIGANG, RecordFactory
from taizhang.domains.skills.models import Audience, Base, BaseKind, BaseStage, Training


class BaseFactory(RecordFactory):
    """A skills training base in Haigang, named in April 2026."""

    class Meta:
        model = Base

    kind = BaseKind.TRAINING_BASE
    name = factory.Sequence(lambda n: f"海港区第{n}产业工人技能实训基地")
    region_id = HAIGANG
    named_on = date(2026, 4, 20)
    stage = BaseStage.ACTIVE


class TrainingFactory(RecordFactory):
    """A class for workers, held in Haigang in May 2026."""

    class Meta:
        model = Training

    title = factory.Sequence(lambda n: f"焊工技能提升班第{n}期")
    audience = Audience.WORKER
    region_id = HAIGANG
    held_on = date(2026, 5, 12)
