import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import meetings.records


class Migration(migrations.Migration):
    dependencies = [
        ("meetings", "0009_merging"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="StagedDocument",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("part", models.CharField(blank=True, help_text="Which document of its file.", max_length=200)),
                ("title", models.CharField(blank=True, help_text="Its title, or its first words.", max_length=500)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("cable", "Cable"),
                            ("memcon", "Memorandum of conversation"),
                            ("readout", "Readout"),
                            ("news", "News report"),
                            ("other", "Other"),
                            ("register", "Official list"),
                        ],
                        default=meetings.records.Kind["OTHER"],
                        help_text="Genre.",
                        max_length=10,
                    ),
                ),
                ("date", models.CharField(blank=True, help_text="EDTF.", max_length=60)),
                (
                    "collection",
                    models.CharField(
                        blank=True, help_text="Name of the collection that it is meant for.", max_length=200
                    ),
                ),
                (
                    "reason",
                    models.TextField(
                        blank=True, help_text="Why it cannot be stored, or why no meetings were looked for."
                    ),
                ),
                ("failed", models.BooleanField(default=False, help_text="It could not be read or analysed.")),
                (
                    "preview",
                    models.JSONField(
                        default=list, help_text="Its meetings, in short, for the page that asks about it."
                    ),
                ),
                (
                    "source",
                    models.JSONField(help_text="The document as it was read: records.SourceDocument.", null=True),
                ),
                ("extraction", models.JSONField(help_text="What was found in it: records.Extraction.", null=True)),
                (
                    "pipeline",
                    models.CharField(blank=True, help_text="Pipeline that found it, and its version.", max_length=120),
                ),
                (
                    "decision",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "Not decided"),
                            ("store", "To be stored"),
                            ("stored", "Stored"),
                            ("dropped", "Thrown away"),
                        ],
                        help_text="What an editor said.",
                        max_length=10,
                    ),
                ),
            ],
            options={
                "ordering": ["item", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Upload",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("made", models.DateTimeField(auto_now_add=True, help_text="When.")),
                (
                    "options",
                    models.JSONField(
                        default=dict, help_text="What was said about all its files: kind, date, collection, …"
                    ),
                ),
            ],
            options={
                "ordering": ["-made", "-pk"],
            },
        ),
        migrations.AddField(
            model_name="workitem",
            name="confirmed",
            field=models.BooleanField(
                default=False, help_text="Of an upload: an editor said what of it is to be stored."
            ),
        ),
        migrations.AlterField(
            model_name="storedfile",
            name="content",
            field=models.BinaryField(help_text="Its bytes. They are never served but as a download."),
        ),
        migrations.AddIndex(
            model_name="document",
            index=models.Index(fields=["sha256", "part"], name="document_file"),
        ),
        migrations.AddField(
            model_name="stageddocument",
            name="document",
            field=models.ForeignKey(
                help_text="What was stored of it.",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="meetings.document",
            ),
        ),
        migrations.AddField(
            model_name="stageddocument",
            name="item",
            field=models.ForeignKey(
                help_text="The file that it came in.",
                on_delete=django.db.models.deletion.CASCADE,
                related_name="staged",
                to="meetings.workitem",
            ),
        ),
        migrations.AddField(
            model_name="stageddocument",
            name="same_as",
            field=models.ForeignKey(
                help_text="The stored document that it is, or is another copy of.",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="meetings.document",
            ),
        ),
        migrations.AddField(
            model_name="upload",
            name="by",
            field=models.ForeignKey(
                help_text="Who handed it in.",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="workitem",
            name="upload",
            field=models.ForeignKey(
                help_text="The upload that it came with: what is found in it waits there for an editor's word.",
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="items",
                to="meetings.upload",
            ),
        ),
        migrations.AddConstraint(
            model_name="workitem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("confirmed", False), ("upload", None)),
                    models.Q(("document", None), ("upload__isnull", False)),
                    _connector="OR",
                ),
                name="work_of_an_upload_is_a_file",
            ),
        ),
        migrations.AddConstraint(
            model_name="workitem",
            constraint=models.UniqueConstraint(fields=("upload", "file"), name="work_file_once_an_upload"),
        ),
        migrations.AddConstraint(
            model_name="stageddocument",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("extraction__isnull", True), ("failed", True), ("source__isnull", True)),
                    models.Q(("extraction__isnull", False), ("failed", False), ("source__isnull", False)),
                    _connector="OR",
                ),
                name="staged_whole_or_failed",
            ),
        ),
        migrations.AddConstraint(
            model_name="stageddocument",
            constraint=models.CheckConstraint(
                condition=models.Q(("decision__in", ("", "dropped")), ("failed", False), _connector="OR"),
                name="staged_failure_not_stored",
            ),
        ),
        migrations.AddIndex(
            model_name="upload",
            index=models.Index(fields=["made"], name="upload_made"),
        ),
    ]
