"""The drafts of commitments."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('ledger', '0005_written_commitments'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Draft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('start', models.PositiveIntegerField(null=True)),
                ('end', models.PositiveIntegerField(null=True)),
                ('text_hash', models.CharField(blank=True, max_length=64)),
                ('state', models.CharField(choices=[('open', 'Draft'), ('published', 'Published'), ('uncounted', 'Cannot honestly be counted'), ('no_duty', 'No duty')], default='open', max_length=10, verbose_name='state')),
                ('picked', models.CharField(blank=True, max_length=60)),
                ('values', models.JSONField(default=dict)),
                ('reason', models.CharField(blank=True, max_length=300, verbose_name='reason')),
                ('at', models.DateTimeField(auto_now=True)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('commitment', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='drafts', to='ledger.commitment')),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='drafts', to='ledger.item')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('end__isnull', True), ('start__isnull', True)), ('start__lt', models.F('end')), _connector='OR'), name='draft_span_whole'), models.UniqueConstraint(condition=models.Q(('start__isnull', False)), fields=('item', 'start', 'end', 'text_hash'), name='draft_once_per_clause')],
            },
        ),
    ]
