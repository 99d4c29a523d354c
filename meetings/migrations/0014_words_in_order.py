from django.db import migrations

# Rows in one order, so that the same meeting always has the same words at the same positions. Not by their column `order`:
# a row that only moves up is not indexed anew.
WORDS = """
CREATE OR REPLACE FUNCTION meeting_words(m meetings_meeting) RETURNS tsvector LANGUAGE sql STABLE AS $$
    SELECT setweight(to_tsvector('english', m.title), 'A')
        || setweight(to_tsvector('english', coalesce((
            SELECT string_agg(concat_ws(' and the ', person.name, party.name, party.role, party.body), ' and the '
                ORDER BY party.id)
            FROM meetings_participant party LEFT JOIN meetings_person person ON person.id = party.person_id
            WHERE party.meeting_id = m.id), '')), 'B')
        || setweight(to_tsvector('english', coalesce((
            SELECT string_agg(item.name, ' and the ' ORDER BY item.id)
            FROM meetings_meetingissue item WHERE item.meeting_id = m.id), '')), 'C')
        || setweight(to_tsvector('english', coalesce((
            SELECT place.name FROM meetings_place place WHERE place.id = m.place_id), '')), 'D')
$$
"""


class Migration(migrations.Migration):
    dependencies = [
        ("meetings", "0013_judgements_on_records"),
    ]

    operations = [migrations.RunSQL(WORDS, migrations.RunSQL.noop)]
