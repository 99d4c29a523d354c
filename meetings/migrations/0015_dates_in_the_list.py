from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("meetings", "0014_words_in_order"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="meeting",
            name="meeting_listed",
        ),
        migrations.RemoveIndex(
            model_name="meeting",
            name="meeting_told_often",
        ),
        migrations.AddIndex(
            model_name="meeting",
            index=models.Index(
                models.OrderBy(models.F("earliest"), descending=True, nulls_last=True),
                models.OrderBy(models.F("id"), descending=True),
                condition=models.Q(("account_count__gt", 0), ("merged_into", None)),
                include=("latest", "terms", "audience", "review"),
                name="meeting_listed",
            ),
        ),
        migrations.AddIndex(
            model_name="meeting",
            index=models.Index(
                models.OrderBy(models.F("account_count"), descending=True),
                models.OrderBy(models.F("earliest"), descending=True, nulls_last=True),
                models.OrderBy(models.F("id"), descending=True),
                condition=models.Q(("account_count__gt", 1), ("merged_into", None)),
                include=("latest", "terms", "audience", "review"),
                name="meeting_told_often",
            ),
        ),
    ]
