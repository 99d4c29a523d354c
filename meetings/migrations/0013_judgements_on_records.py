from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("meetings", "0012_edits"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="judgement",
            index=models.Index(condition=models.Q(("sha256", "")), fields=["subject", "key"], name="judgement_record"),
        ),
    ]
