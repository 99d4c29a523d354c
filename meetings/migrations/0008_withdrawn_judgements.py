import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# What was written down for all accounts of a meeting at one moment was one decision.
ONE_ACT = """
    UPDATE meetings_judgement SET act = md5(concat_ws(' ', made_at, made_by_id, verb, subject, key, field))::uuid
"""


class Migration(migrations.Migration):
    dependencies = [
        ("meetings", "0007_work"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="judgement",
            name="act",
            field=models.UUIDField(
                db_index=True,
                default=uuid.uuid4,
                editable=False,
                help_text="What was decided at once, on all accounts of a meeting, say, and is taken back at once.",
            ),
        ),
        migrations.RunSQL(ONE_ACT, migrations.RunSQL.noop),
        migrations.AddField(
            model_name="judgement",
            name="withdrawn_at",
            field=models.DateTimeField(
                blank=True, editable=False, help_text="When it was taken back; empty while it stands.", null=True
            ),
        ),
        migrations.AddField(
            model_name="judgement",
            name="withdrawn_by",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                help_text="Who took it back.",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
    ]
