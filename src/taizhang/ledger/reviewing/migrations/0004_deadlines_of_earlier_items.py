"""Deadlines of the items that were published before items kept theirs, from the kept readings."""

from collections import defaultdict

from django.db import migrations

from taizhang.notices.deadlines import last_day, read_deadline

LONGEST = 200


def fill(apps, schema_editor):
    Item = apps.get_model("ledger", "Item")
    Notice = apps.get_model("ledger", "Notice")
    for notice in Notice.objects.filter(state="published").order_by("pk").iterator():
        said = deadlines(notice)
        rows = Item.objects.filter(ledger__notice=notice, deadline="").exclude(text="")
        filled = []
        for row in rows.order_by("ledger", "number"):
            written = said[row.text].pop(0) if said[row.text] else None
            if written:
                row.deadline = written[:LONGEST]
                row.due_on = last_day(read_deadline(written, issued_on=notice.issued_on))
                filled.append(row)
        Item.objects.bulk_update(filled, ["deadline", "due_on"], batch_size=200)


def deadlines(notice):
    """By text of an item what the notice says by when, as persons corrected both."""
    items = dict(enumerate(notice.reading.get("items", ())))
    for each in notice.corrections.exclude(position=None).order_by("pk"):
        if each.field == "item" and each.new is None:
            items.pop(each.position, None)
        elif each.field == "item":
            items[each.position] = each.new
        elif each.field in ("text", "deadline"):
            items[each.position] = items[each.position] | {each.field: each.new}
    found = defaultdict(list)
    for _, item in sorted(items.items()):
        found[item["text"]].append(item["deadline"])
    return found


class Migration(migrations.Migration):
    dependencies = [
        ("reviewing", "0003_kept_documents"),
        ("ledger", "0006_item_deadlines"),
    ]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
