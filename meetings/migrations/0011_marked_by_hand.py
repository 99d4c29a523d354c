"""What editors mark in the text of a document, move and add, and what their decisions call an account by."""

import django.contrib.postgres.functions
import django.db.models.deletion
import django.db.models.functions
from django.db import migrations, models

import meetings.models.meetings

BY_HAND = {
    "default": False,
    "db_default": False,
    "editable": False,
    "help_text": "An editor put it here; it goes when that decision is taken back.",
}
TOLD_IN = {
    "blank": True,
    "db_index": False,
    "editable": False,
    "help_text": "The account in which the machine read it, of what an editor moved to another.",
    "null": True,
    "on_delete": django.db.models.deletion.SET_NULL,
    "related_name": "+",
    "to": "meetings.account",
}


class Migration(migrations.Migration):
    dependencies = [("meetings", "0010_upload")]

    operations = [
        migrations.AddField(
            model_name="account",
            name="found",
            field=models.BooleanField(
                db_default=True,
                default=True,
                editable=False,
                help_text="Whether the machine finds it in the document as it is read now; otherwise an editor's decision keeps it.",
            ),
        ),
        migrations.AddField(
            model_name="account",
            name="mark",
            field=models.CharField(
                db_default=django.db.models.functions.Right(
                    django.db.models.functions.Cast(django.contrib.postgres.functions.RandomUUID(), models.TextField()),
                    12,
                ),
                default=meetings.models.meetings.random_mark,
                editable=False,
                help_text="What decisions call it by: made of the file, the passage and what it tells when it was first found.",
                max_length=12,
            ),
        ),
        migrations.AddField(model_name="accountissue", name="by_hand", field=models.BooleanField(**BY_HAND)),
        migrations.AddField(model_name="accountparticipant", name="by_hand", field=models.BooleanField(**BY_HAND)),
        migrations.AddField(model_name="evidence", name="told_in", field=models.ForeignKey(**TOLD_IN)),
        migrations.AddField(model_name="statement", name="told_in", field=models.ForeignKey(**TOLD_IN)),
        migrations.AddField(
            model_name="judgement",
            name="mark",
            field=models.CharField(
                blank=True, help_text="The account's mark; the passage finds it elsewhere.", max_length=12
            ),
        ),
        migrations.AddField(
            model_name="judgement",
            name="evidence",
            field=models.JSONField(
                blank=True,
                default=list,
                help_text="Passages of the document that it rests on or is about: field, quote, prefix, suffix and start of each.",
            ),
        ),
        migrations.AddField(
            model_name="judgement",
            name="astray",
            field=models.BooleanField(
                default=False,
                editable=False,
                help_text="What it is about is not in the document as it is read now: it waits, and is listed.",
            ),
        ),
        migrations.AlterField(
            model_name="judgement",
            name="verb",
            field=models.CharField(
                choices=[
                    ("set", "Set a value"),
                    ("add", "Added"),
                    ("remove", "Removed"),
                    ("cite", "Supported by a passage"),
                    ("move", "Moved"),
                    ("split", "Split off"),
                    ("confirm", "Confirmed"),
                    ("reject", "Rejected"),
                    ("same", "The same"),
                    ("different", "Different"),
                    ("unsure", "Unsure"),
                ],
                help_text="What was decided.",
                max_length=10,
            ),
        ),
        migrations.AddIndex(
            model_name="evidence",
            index=models.Index(condition=models.Q(told_in__isnull=False), fields=["told_in"], name="evidence_told_in"),
        ),
        migrations.AddIndex(
            model_name="statement",
            index=models.Index(condition=models.Q(told_in__isnull=False), fields=["told_in"], name="statement_told_in"),
        ),
    ]
