"""Several ledgers in force: which are, what they draw on, and the letter before their numbers."""

from django.db import migrations, models

OWN_KEY = "notice-"
DEFAULT_PACK = "qinhuangdao-2021"


def put_beside(apps, schema_editor):
    """Ledgers made from notices alone stood beside the current one already, without being seen."""
    Ledger = apps.get_model("ledger", "Ledger")
    current = Ledger.objects.filter(is_current=True).exclude(key__startswith=OWN_KEY).first()
    drawn_on = current.key if current else DEFAULT_PACK
    letters = iter("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    for ledger in Ledger.objects.order_by("pk"):
        is_own = ledger.key.startswith(OWN_KEY)
        ledger.pack_key = drawn_on if is_own else ledger.key
        ledger.is_current = ledger == current
        ledger.is_in_force = is_own or ledger.is_current
        if is_own:
            ledger.prefix = next(letters, None) or f"N{ledger.pk}"
        ledger.save()


def nothing(apps, schema_editor):
    """The columns go as they came."""


class Migration(migrations.Migration):
    dependencies = [("ledger", "0003_figure_changes")]

    operations = [
        migrations.AddField(
            model_name="ledger",
            name="is_in_force",
            field=models.BooleanField(default=True),
        ),
        migrations.AddField(
            model_name="ledger",
            name="pack_key",
            field=models.SlugField(
                default="",
                help_text="The pack whose populations, units, departments and registers it draws "
                "on.",
                max_length=60,
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="ledger",
            name="prefix",
            field=models.CharField(blank=True, max_length=3, default=""),
            preserve_default=False,
        ),
        migrations.RunPython(put_beside, nothing),
        migrations.AddConstraint(
            model_name="ledger",
            constraint=models.UniqueConstraint(
                condition=models.Q(is_in_force=True),
                fields=["prefix"],
                name="ledger_prefix_once_in_force",
            ),
        ),
        migrations.AddConstraint(
            model_name="ledger",
            constraint=models.CheckConstraint(
                condition=models.Q(is_current=False) | models.Q(is_in_force=True),
                name="ledger_current_in_force",
            ),
        ),
    ]
