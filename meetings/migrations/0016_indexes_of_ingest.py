import django.contrib.postgres.indexes
from django.db import migrations

# Set on the index that stands, with what waits for it sorted in: to build it anew could take long.
AT_ONCE = "ALTER INDEX {name} SET (fastupdate = off); SELECT gin_clean_pending_list('{name}');"
LATER = "ALTER INDEX {name} RESET (fastupdate);"


def sorted_at_once(model: str, field: str, name: str) -> migrations.SeparateDatabaseAndState:
    index = django.contrib.postgres.indexes.GinIndex(fastupdate=False, fields=[field], name=name)
    return migrations.SeparateDatabaseAndState(
        database_operations=[migrations.RunSQL(AT_ONCE.format(name=name), LATER.format(name=name))],
        state_operations=[migrations.RemoveIndex(model, name), migrations.AddIndex(model, index)],
    )


class Migration(migrations.Migration):
    dependencies = [("meetings", "0015_dates_in_the_list")]

    operations = [
        sorted_at_once("personname", "trigrams", "personname_trigrams"),
        sorted_at_once("documentrevision", "sketch", "revision_sketch"),
    ]
