
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('ledger', '0003_figure_changes'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ReadingCorrection',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(null=True)),
                ('field', models.CharField(choices=[('issuers', 'Issuers'), ('document_number', 'Document number'), ('title', 'Title'), ('issued_on', 'Date of issue'), ('recipients', 'Recipients'), ('signatories', 'Signed by'), ('annex_title', 'Title of the annex'), ('item', 'Whole item'), ('number', 'Item number'), ('text', 'Text'), ('departments', 'Departments'), ('deadline', 'Deadline')], max_length=16)),
                ('old', models.JSONField(null=True)),
                ('new', models.JSONField(null=True)),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('notice', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='corrections', to='ledger.notice')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
    ]
