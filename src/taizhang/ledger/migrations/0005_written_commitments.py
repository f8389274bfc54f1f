"""Commitments that the office writes itself: by whom, and when."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("ledger", "0004_ledgers_in_force"),
    ]

    operations = [
        migrations.AddField(
            model_name="commitment",
            name="written_at",
            field=models.DateTimeField(
                help_text="When the office wrote it; empty: the pack states it.", null=True
            ),
        ),
        migrations.AddField(
            model_name="commitment",
            name="written_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AlterField(
            model_name="commitment",
            name="retired_in",
            field=models.CharField(
                blank=True,
                help_text="The version of the pack that has it no more, or that the office "
                "withdrew it.",
                max_length=20,
            ),
        ),
    ]
