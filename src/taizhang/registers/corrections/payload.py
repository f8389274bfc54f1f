"""What a proposal keeps: how the record stood, and what its kind needs to carry it out."""

import json
from collections.abc import Mapping

from django.core.serializers.json import DjangoJSONEncoder

from taizhang.core.records.models import Record
from taizhang.registers.corrections.models import Correction
from taizhang.registers.display import label_of, separator
from taizhang.registers.spec import RegisterSpec
from taizhang.registers.values import lists_of, standing_lists, stated

_STOOD = "stood"


def payload_of(spec: RegisterSpec, record: Record, content: Mapping[str, object]) -> str:
    """The text to be kept. `content` holds what `json.dumps` takes."""
    kept = {_STOOD: _standing(spec, record), **content}
    return json.dumps(kept, ensure_ascii=False)


def content_of(correction: Correction) -> dict[str, object]:
    """What the kind of the proposal put into it."""
    return json.loads(correction.payload)


def fields_changed_since(spec: RegisterSpec, record: Record, correction: Correction) -> str:
    """The labels of the fields that stand otherwise than when it was proposed; "" for none."""
    stood, stands = content_of(correction)[_STOOD], _standing(spec, record)
    changed = (name for name in stands if stands[name] != stood.get(name))
    return separator().join(str(label_of(spec.model, name)) for name in changed)


def _standing(spec: RegisterSpec, record: Record) -> dict[str, object]:
    names = dict.fromkeys((*spec.fields, *lists_of(spec)))
    said = stated(record, names, standing_lists(spec, record, {}))
    return json.loads(json.dumps(said, cls=DjangoJSONEncoder))
