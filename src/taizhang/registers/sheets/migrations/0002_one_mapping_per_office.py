from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("sheets", "0001_initial")]

    operations = [
        migrations.RemoveConstraint(model_name="columnmapping", name="column_mapping_once"),
        # Without a word on nulls, which SQLite cannot keep: there the whole constraint was missing.
        migrations.AddConstraint(
            model_name="columnmapping",
            constraint=models.UniqueConstraint(
                fields=("organisation", "register", "headers"), name="column_mapping_once"
            ),
        ),
    ]
