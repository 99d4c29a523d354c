"""Issues and places may be merged, what was read stands beside what it was merged into, and the offices of a person are also those of
the records merged into them.
"""

import django.db.models.deletion
from django.db import migrations, models

# As in migration 0005, but for who held an office.
TERMS = """
CREATE OR REPLACE FUNCTION meeting_terms(m meetings_meeting) RETURNS text[] LANGUAGE sql STABLE AS $$
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
            FROM __HOLDERS__ JOIN meetings_position position ON position.person_id = holder.person_id
            WHERE position.office <> '' AND m.earliest IS NOT NULL
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
"""
PARTIES = "(SELECT person_id FROM meetings_participant WHERE meeting_id = m.id) holder"
WITH_MERGED = """(
                SELECT party.person_id FROM meetings_participant party WHERE party.meeting_id = m.id
                UNION ALL SELECT record.id FROM meetings_participant party
                    JOIN meetings_person record ON record.merged_into_id = party.person_id WHERE party.meeting_id = m.id
            ) holder"""

# Whose change may touch which meetings, as in migration 0005: the columns that matter, and the meetings of a changed row.
PERSON = """
CREATE OR REPLACE FUNCTION meeting_terms_person_update() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE meetings_meeting SET terms = terms WHERE id IN (
        WITH changed AS (
            (SELECT {columns} FROM new_rows EXCEPT SELECT {columns} FROM old_rows) UNION
            (SELECT {columns} FROM old_rows EXCEPT SELECT {columns} FROM new_rows))
        SELECT party.meeting_id FROM changed JOIN meetings_participant party ON {whose});
    RETURN NULL;
END $$;
"""
POSITION = """
CREATE OR REPLACE FUNCTION meeting_terms_position_{event}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE meetings_meeting SET terms = terms WHERE id IN (
        WITH changed AS ({rows}) {meetings});
    RETURN NULL;
END $$;
"""
ROWS = {
    "insert": 'SELECT person_id, office, start, "end" FROM new_rows',
    "delete": 'SELECT person_id, office, start, "end" FROM old_rows',
    "update": (
        '(SELECT person_id, office, start, "end" FROM new_rows EXCEPT SELECT person_id, office, start, "end" FROM old_rows) UNION '
        '(SELECT person_id, office, start, "end" FROM old_rows EXCEPT SELECT person_id, office, start, "end" FROM new_rows)'
    ),
}
HOLDERS = "SELECT party.meeting_id FROM changed JOIN meetings_participant party ON party.person_id = changed.person_id"
SURVIVORS = (
    " UNION SELECT party.meeting_id FROM changed JOIN meetings_person record ON record.id = changed.person_id"
    " JOIN meetings_participant party ON party.person_id = record.merged_into_id"
)


def functions(holders: str, columns: str, whose: str, meetings: str) -> str:
    positions = (POSITION.format(event=event, rows=rows, meetings=meetings) for event, rows in ROWS.items())
    return TERMS.replace("__HOLDERS__", holders) + PERSON.format(columns=columns, whose=whose) + "".join(positions)


AFTER = functions(
    WITH_MERGED,
    "id, name, merged_into_id",
    "party.person_id IN (changed.id, changed.merged_into_id)",
    HOLDERS + SURVIVORS,
)
BEFORE = functions(PARTIES, "id, name", "party.person_id = changed.id", HOLDERS)


def merged_into(model: str) -> models.ForeignKey:
    return models.ForeignKey(
        blank=True,
        editable=False,
        help_text="The record that this one turned out to be, never one that is merged itself; the old address leads there.",
        null=True,
        on_delete=django.db.models.deletion.SET_NULL,
        related_name="merged",
        to=f"meetings.{model}",
    )


def read(model: str) -> models.ForeignKey:
    return models.ForeignKey(
        blank=True,
        db_index=False,
        editable=False,
        help_text="The record as read, where it was merged into another; empty where nothing was merged.",
        null=True,
        on_delete=django.db.models.deletion.SET_NULL,
        related_name="+",
        to=f"meetings.{model}",
    )


def index(field: str, name: str) -> models.Index:
    return models.Index(condition=models.Q((f"{field}__isnull", False)), fields=[field], name=name)


def not_into_itself(model: str) -> migrations.AddConstraint:
    return migrations.AddConstraint(
        model_name=model,
        constraint=models.CheckConstraint(
            condition=models.Q(("merged_into", models.F("id")), _negated=True), name=f"{model}_not_merged_into_itself"
        ),
    )


class Migration(migrations.Migration):
    dependencies = [
        ("meetings", "0008_withdrawn_judgements"),
    ]

    operations = [
        migrations.AddField("issue", "merged_into", merged_into("issue")),
        migrations.AddField("place", "merged_into", merged_into("place")),
        migrations.AlterField("meeting", "merged_into", merged_into("meeting")),
        migrations.AlterField("person", "merged_into", merged_into("person")),
        migrations.AddField("account", "place_read", read("place")),
        migrations.AddField("accountissue", "issue_read", read("issue")),
        migrations.AddField("accountparticipant", "person_read", read("person")),
        migrations.AddField("statement", "issue_read", read("issue")),
        migrations.AddField("statement", "person_read", read("person")),
        migrations.AddIndex("account", index("place_read", "account_place_read")),
        migrations.AddIndex("accountissue", index("issue_read", "accountissue_issue_read")),
        migrations.AddIndex("accountparticipant", index("person_read", "accountparticipant_person_read")),
        migrations.AddIndex("statement", index("person_read", "statement_person_read")),
        migrations.AddIndex("statement", index("issue_read", "statement_issue_read")),
        not_into_itself("issue"),
        not_into_itself("place"),
        migrations.RunSQL(AFTER, BEFORE),
    ]
