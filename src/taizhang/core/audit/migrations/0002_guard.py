"""Puts up the database's guard of the audit rows. A later change of that table puts it up again."""

from django.db import migrations

from taizhang.core.audit.guard import install_guard, remove_guard


class Migration(migrations.Migration):

    dependencies = [("audit", "0001_initial")]

    operations = [
        migrations.RunPython(
            lambda apps, editor: install_guard(editor.connection),
            lambda apps, editor: remove_guard(editor.connection),
        ),
    ]
