"""Whose term of office a commitment follows stands on the commitment, not behind its code."""

from django.db import migrations, models

_BY_POPULATION = {
    "pc10": "party_committee",
    "reform10": "party_committee",
    "npc8": "people_congress",
    "gov8": "government",
    "gov10": "government",
}


def say_whose_term(apps, schema_editor):
    """What the engine took from population and code until now (decision 0021)."""
    commitments = apps.get_model("ledger", "Commitment")._base_manager.filter(period="term")
    for population, body in _BY_POPULATION.items():
        commitments.filter(population=population).update(term_body=body)
    commitments.filter(code="18.1", item__ledger__key="qinhuangdao-2021").update(
        term_body="people_congress"
    )


class Migration(migrations.Migration):
    dependencies = [("ledger", "0006_item_deadlines")]

    operations = [
        migrations.AddField(
            model_name="commitment",
            name="term_body",
            field=models.CharField(
                choices=[
                    ("party_committee", "party_committee"),
                    ("people_congress", "people_congress"),
                    ("government", "government"),
                    ("union_congress", "union_congress"),
                ],
                default="union_congress",
                help_text="Whose terms of office it follows, where its window is one.",
                max_length=20,
            ),
        ),
        migrations.RunPython(say_whose_term, migrations.RunPython.noop),
    ]
