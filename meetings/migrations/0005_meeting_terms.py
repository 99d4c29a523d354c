"""Terms and words of a meeting, kept by the database, and counts of terms."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.db import migrations, models

from meetings.resolution.names import fold

FUNCTIONS = """
-- What a meeting can be found by and is counted under; meetings/terms.py says what the letters mean. Few enough of any meeting
-- that an index can hold them.
CREATE FUNCTION meeting_terms(m meetings_meeting) RETURNS text[] LANGUAGE sql STABLE AS $$
    SELECT array_agg(DISTINCT term ORDER BY term) FROM (
        SELECT 's:' || m.status
        UNION ALL SELECT 'm:' || m.medium
        UNION ALL SELECT 'r:' || m.review
        UNION ALL SELECT 'y:' || coalesce(extract(year FROM m.earliest)::text, '')
        UNION ALL SELECT 'h:' || place.country_id FROM meetings_place place
            WHERE place.id = m.place_id AND place.country_id IS NOT NULL
        UNION ALL SELECT 'c:' || party.country_id FROM meetings_participant party WHERE party.meeting_id = m.id
        -- EDTF texts compare as text; "~" comes after all that may follow a year or a month: 2004 ends after 2004-05-01.
        UNION ALL SELECT 'o:' || position.office
            FROM meetings_participant party JOIN meetings_position position ON position.person_id = party.person_id
            WHERE party.meeting_id = m.id AND position.office <> '' AND m.earliest IS NOT NULL
                AND (position.start = '' OR position.start <= m.latest::text)
                AND (position."end" = '' OR position."end" || '~' >= m.earliest::text)
        UNION ALL SELECT unnest(ARRAY['i:' || issue.id, 'i:' || issue.theme_id])
            FROM meetings_meetingissue item JOIN meetings_issue issue ON issue.id = item.issue_id
            WHERE item.meeting_id = m.id
        UNION ALL SELECT CASE WHEN collection.public THEN 'k:' ELSE 'k:' || collection.id || ':' END || document.kind
            FROM meetings_account account
            JOIN meetings_document document ON document.id = account.document_id
            JOIN meetings_collection collection ON collection.id = document.collection_id
            WHERE account.meeting_id = m.id
    ) found(term) WHERE term IS NOT NULL
$$;

-- The same of people and places, as many as there were.
CREATE FUNCTION meeting_names(m meetings_meeting) RETURNS text[] LANGUAGE sql STABLE AS $$
    SELECT coalesce(array_agg(DISTINCT name ORDER BY name), '{}') FROM (
        SELECT 'l:' || m.place_id
        UNION ALL SELECT CASE WHEN party.person_id IS NOT NULL THEN 'p:' || party.person_id
                              WHEN party.folded <> '' THEN 'n:' || party.folded END
            FROM meetings_participant party WHERE party.meeting_id = m.id
    ) found(name) WHERE name IS NOT NULL
$$;

-- Its own words: title, participants with their posts and bodies, agenda, place. The stop words between the parts keep a phrase
-- from running on from one part into the next.
CREATE FUNCTION meeting_words(m meetings_meeting) RETURNS tsvector LANGUAGE sql STABLE AS $$
    SELECT setweight(to_tsvector('english', m.title), 'A')
        || setweight(to_tsvector('english', coalesce((
            SELECT string_agg(concat_ws(' and the ', person.name, party.name, party.role, party.body), ' and the ')
            FROM meetings_participant party LEFT JOIN meetings_person person ON person.id = party.person_id
            WHERE party.meeting_id = m.id), '')), 'B')
        || setweight(to_tsvector('english', coalesce((
            SELECT string_agg(item.name, ' and the ') FROM meetings_meetingissue item WHERE item.meeting_id = m.id), '')), 'C')
        || setweight(to_tsvector('english', coalesce((
            SELECT place.name FROM meetings_place place WHERE place.id = m.place_id), '')), 'D')
$$;

CREATE FUNCTION meeting_indexed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.terms := meeting_terms(NEW);
    NEW.names := meeting_names(NEW);
    NEW.search := meeting_words(NEW);
    RETURN NEW;
END $$;

CREATE TRIGGER meeting_indexed BEFORE INSERT OR UPDATE ON meetings_meeting FOR EACH ROW EXECUTE FUNCTION meeting_indexed();
"""

# Whose change may touch which meetings: table, the columns that matter, and the meetings of a changed row.
SOURCES = {
    "participant": ("meeting_id, person_id, folded, country_id, name, role, body", "SELECT meeting_id FROM changed"),
    "meetingissue": ("meeting_id, issue_id, name", "SELECT meeting_id FROM changed"),
    "account": ("meeting_id, document_id", "SELECT meeting_id FROM changed"),
    "document": (
        "id, kind, collection_id",
        "SELECT account.meeting_id FROM changed JOIN meetings_account account ON account.document_id = changed.id",
    ),
    "collection": (
        "id, public",
        "SELECT account.meeting_id FROM changed JOIN meetings_document document ON document.collection_id = changed.id "
        "JOIN meetings_account account ON account.document_id = document.id",
    ),
    "person": (
        "id, name",
        "SELECT party.meeting_id FROM changed JOIN meetings_participant party ON party.person_id = changed.id",
    ),
    "position": (
        'person_id, office, start, "end"',
        "SELECT party.meeting_id FROM changed JOIN meetings_participant party ON party.person_id = changed.person_id",
    ),
    "issue": (
        "id, theme_id",
        "SELECT item.meeting_id FROM changed JOIN meetings_meetingissue item ON item.issue_id = changed.id",
    ),
    "place": ("id, name, country_id", "SELECT meeting.id FROM changed JOIN meetings_meeting meeting ON meeting.place_id = changed.id"),
}
# Nothing that a meeting's terms come from hangs on these rows when they are new or gone.
CHANGED_ONLY = {"document", "collection", "person", "issue", "place"}


def triggers() -> str:
    """After each statement, the meetings whose terms may have changed are written anew, once each."""
    parts = []
    for table, (columns, meetings) in SOURCES.items():
        changed = {
            "INSERT": (f"SELECT {columns} FROM new_rows", "REFERENCING NEW TABLE AS new_rows"),
            "DELETE": (f"SELECT {columns} FROM old_rows", "REFERENCING OLD TABLE AS old_rows"),
            "UPDATE": (
                f"(SELECT {columns} FROM new_rows EXCEPT SELECT {columns} FROM old_rows) UNION "
                f"(SELECT {columns} FROM old_rows EXCEPT SELECT {columns} FROM new_rows)",
                "REFERENCING NEW TABLE AS new_rows OLD TABLE AS old_rows",
            ),
        }
        for event, (rows, names) in changed.items():
            if event != "UPDATE" and table in CHANGED_ONLY:
                continue
            name = f"meeting_terms_{table}_{event.lower()}"
            parts.append(f"""
CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE meetings_meeting SET terms = terms
        WHERE id IN (WITH changed AS ({rows}) {meetings});
    RETURN NULL;
END $$;
CREATE TRIGGER {name} AFTER {event} ON meetings_{table} {names} FOR EACH STATEMENT EXECUTE FUNCTION {name}();
""")
    return "".join(parts)


def no_triggers() -> str:
    events = {table: ["UPDATE"] if table in CHANGED_ONLY else ["INSERT", "DELETE", "UPDATE"] for table in SOURCES}
    drop = [
        f"DROP FUNCTION meeting_terms_{table}_{event.lower()}() CASCADE;" for table, found in events.items() for event in found
    ]
    return "\n".join(
        [*drop, "DROP FUNCTION meeting_indexed() CASCADE;", "DROP FUNCTION meeting_words(meetings_meeting);",
         "DROP FUNCTION meeting_names(meetings_meeting);", "DROP FUNCTION meeting_terms(meetings_meeting);"]
    )  # fmt: skip


def fold_names(apps, schema_editor):
    Participant = apps.get_model("meetings", "Participant")
    batch = []
    for row in Participant.objects.exclude(name="").only("name").iterator():
        row.folded = fold(row.name)[:200]
        batch.append(row)
        if len(batch) == 2000:
            Participant.objects.bulk_update(batch, ["folded"])
            batch = []
    Participant.objects.bulk_update(batch, ["folded"])


class Migration(migrations.Migration):
    dependencies = [
        ("meetings", "0004_account_dates"),
    ]

    operations = [
        migrations.AddField(
            model_name="participant",
            name="folded",
            field=models.CharField(blank=True, editable=False, help_text="The name folded, for look-ups.", max_length=200),
        ),
        migrations.AddField(
            model_name="meeting",
            name="terms",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.TextField(),
                default=list,
                editable=False,
                help_text="What it can be found by and is counted under; kept by the database.",
                size=None,
            ),
        ),
        migrations.AddField(
            model_name="meeting",
            name="names",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.TextField(),
                default=list,
                editable=False,
                help_text="The same of people and places; kept by the database.",
                size=None,
            ),
        ),
        migrations.AddField(
            model_name="meeting",
            name="search",
            field=django.contrib.postgres.search.SearchVectorField(
                editable=False,
                help_text="Its words: title, participants, agenda, place; kept by the database.",
                null=True,
            ),
        ),
        migrations.CreateModel(
            name="Rollup",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("rejected", models.BooleanField(default=False, help_text="Counts meetings that an editor rejected.")),
                (
                    "given",
                    models.TextField(
                        blank=True, help_text="Counts meetings that have this term; empty for all meetings."
                    ),
                ),
                ("facet", models.CharField(blank=True, help_text="Letter of the term's facet.", max_length=1)),
                ("term", models.TextField(blank=True, help_text="Of these, those with this term; empty for all.")),
                ("meetings", models.PositiveIntegerField(help_text="How many there were.")),
                ("counted", models.DateTimeField(help_text="When they were counted.")),
                (
                    "audience",
                    models.ForeignKey(
                        blank=True,
                        help_text="Who may see these meetings, as in a meeting; empty for everybody.",
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="meetings.collection",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["given", "facet", "-meetings", "term"], name="rollup_most"),
                    models.Index(fields=["given", "term"], name="rollup_term"),
                ],
            },
        ),
        migrations.RunPython(fold_names, migrations.RunPython.noop, elidable=True),
        migrations.RunSQL(FUNCTIONS + triggers(), no_triggers()),
        migrations.RunSQL("UPDATE meetings_meeting SET terms = terms", migrations.RunSQL.noop, elidable=True),
        migrations.AddIndex(
            model_name="meeting",
            index=django.contrib.postgres.indexes.GinIndex(fields=["terms", "names", "search"], name="meeting_terms"),
        ),
        migrations.AddIndex(
            model_name="person", index=models.Index(fields=["name"], name="person_listed")
        ),
        migrations.AddIndex(
            model_name="document",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.search.SearchVector("title", config="english"), name="document_title"
            ),
        ),
        migrations.AddIndex(
            model_name="meeting",
            index=django.contrib.postgres.indexes.GistIndex(
                models.Func(
                    models.F("earliest"),
                    models.F("latest"),
                    models.Value("[]"),
                    function="daterange",
                    output_field=django.contrib.postgres.fields.DateRangeField(),
                ),
                condition=models.Q(("earliest__isnull", False)),
                name="meeting_days",
            ),
        ),
        migrations.RemoveIndex(model_name="meeting", name="meeting_listed"),
        migrations.AddIndex(
            model_name="meeting",
            index=models.Index(
                models.F("earliest").desc(nulls_last=True),
                models.F("id").desc(),
                condition=models.Q(("account_count__gt", 0), ("merged_into", None)),
                include=["terms", "audience", "review"],
                name="meeting_listed",
            ),
        ),
        migrations.AddIndex(
            model_name="meeting",
            index=models.Index(
                models.F("account_count").desc(),
                models.F("earliest").desc(nulls_last=True),
                models.F("id").desc(),
                condition=models.Q(("account_count__gt", 1), ("merged_into", None)),
                include=["terms", "audience", "review"],
                name="meeting_told_often",
            ),
        ),
    ]
