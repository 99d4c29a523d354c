import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
import meetings.models.base
import meetings.records
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('meetings', '0016_indexes_of_ingest'),
    ]

    operations = [
        migrations.AlterField(
            model_name='account',
            name='date',
            field=models.CharField(blank=True, help_text='Date as EDTF: 2007-05-29, 2007-05, 2007, 2015-05~ (about), 2007-07-01/2007-07-02. Empty when not known.', max_length=60, validators=[meetings.models.base.validate_edtf]),
        ),
        migrations.AlterField(
            model_name='account',
            name='duration',
            field=models.PositiveIntegerField(blank=True, help_text='Minutes that it lasted, where told.', null=True),
        ),
        migrations.AlterField(
            model_name='accountparticipant',
            name='attendance',
            field=models.CharField(choices=[('principal', 'Principal'), ('accompanying', 'Accompanying'), ('interpreter', 'Interpreter'), ('notetaker', 'Notetaker')], default=meetings.records.Attendance['PRINCIPAL'], help_text='In what capacity they were there: principal, accompanying, interpreter, …', max_length=14),
        ),
        migrations.AlterField(
            model_name='collection',
            name='name',
            field=models.CharField(help_text='Name that is shown beside its documents.', max_length=200, unique=True),
        ),
        migrations.AlterField(
            model_name='collection',
            name='slug',
            field=models.SlugField(help_text='The name as it stands in addresses.', max_length=200, unique=True),
        ),
        migrations.AlterField(
            model_name='country',
            name='demonyms',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), blank=True, default=list, help_text='What its people and things are called: Russian, Russians.', size=None),
        ),
        migrations.AlterField(
            model_name='country',
            name='region',
            field=models.CharField(blank=True, help_text='Part of the world that it lies in: Western Europe.', max_length=60),
        ),
        migrations.AlterField(
            model_name='document',
            name='classification',
            field=models.CharField(blank=True, help_text='How secret its author held it: UNCLASSIFIED, SBU, CONFIDENTIAL, SECRET.', max_length=80),
        ),
        migrations.AlterField(
            model_name='document',
            name='date',
            field=models.CharField(blank=True, help_text='Date as EDTF: 2007-05-29, 2007-05, 2007, 2015-05~ (about), 2007-07-01/2007-07-02. Empty when not known.', max_length=60, validators=[meetings.models.base.validate_edtf]),
        ),
        migrations.AlterField(
            model_name='document',
            name='identifier',
            field=models.CharField(blank=True, help_text='Number that its author or archive knows it by: 07MOSCOW2590.', max_length=120),
        ),
        migrations.AlterField(
            model_name='document',
            name='kind',
            field=models.CharField(choices=[('cable', 'Cable'), ('memcon', 'Memorandum of conversation'), ('readout', 'Readout'), ('news', 'News report'), ('other', 'Other'), ('register', 'Official list')], default=meetings.records.Kind['OTHER'], help_text='What kind of document it is: it decides how it is read.', max_length=10),
        ),
        migrations.AlterField(
            model_name='document',
            name='language',
            field=models.CharField(default='en', help_text='Language of its text, as ISO 639-1 code.', max_length=8),
        ),
        migrations.AlterField(
            model_name='document',
            name='notice',
            field=models.CharField(blank=True, help_text='Sentence that is shown wherever the document is: on its rights, or that it was made up.', max_length=300),
        ),
        migrations.AlterField(
            model_name='documentrevision',
            name='number',
            field=models.PositiveIntegerField(help_text='Which text of the document it is: 1 the first, 2 the one read after it, …'),
        ),
        migrations.AlterField(
            model_name='historicalcollection',
            name='name',
            field=models.CharField(db_index=True, help_text='Name that is shown beside its documents.', max_length=200),
        ),
        migrations.AlterField(
            model_name='historicalcollection',
            name='slug',
            field=models.SlugField(help_text='The name as it stands in addresses.', max_length=200),
        ),
        migrations.AlterField(
            model_name='historicalcountry',
            name='demonyms',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), blank=True, default=list, help_text='What its people and things are called: Russian, Russians.', size=None),
        ),
        migrations.AlterField(
            model_name='historicalcountry',
            name='region',
            field=models.CharField(blank=True, help_text='Part of the world that it lies in: Western Europe.', max_length=60),
        ),
        migrations.AlterField(
            model_name='historicaldocument',
            name='classification',
            field=models.CharField(blank=True, help_text='How secret its author held it: UNCLASSIFIED, SBU, CONFIDENTIAL, SECRET.', max_length=80),
        ),
        migrations.AlterField(
            model_name='historicaldocument',
            name='date',
            field=models.CharField(blank=True, help_text='Date as EDTF: 2007-05-29, 2007-05, 2007, 2015-05~ (about), 2007-07-01/2007-07-02. Empty when not known.', max_length=60, validators=[meetings.models.base.validate_edtf]),
        ),
        migrations.AlterField(
            model_name='historicaldocument',
            name='identifier',
            field=models.CharField(blank=True, help_text='Number that its author or archive knows it by: 07MOSCOW2590.', max_length=120),
        ),
        migrations.AlterField(
            model_name='historicaldocument',
            name='kind',
            field=models.CharField(choices=[('cable', 'Cable'), ('memcon', 'Memorandum of conversation'), ('readout', 'Readout'), ('news', 'News report'), ('other', 'Other'), ('register', 'Official list')], default=meetings.records.Kind['OTHER'], help_text='What kind of document it is: it decides how it is read.', max_length=10),
        ),
        migrations.AlterField(
            model_name='historicaldocument',
            name='language',
            field=models.CharField(default='en', help_text='Language of its text, as ISO 639-1 code.', max_length=8),
        ),
        migrations.AlterField(
            model_name='historicaldocument',
            name='notice',
            field=models.CharField(blank=True, help_text='Sentence that is shown wherever the document is: on its rights, or that it was made up.', max_length=300),
        ),
        migrations.AlterField(
            model_name='historicalissue',
            name='plover',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), blank=True, default=list, help_text='Codes that it has as a context in PLOVER.', size=None),
        ),
        migrations.AlterField(
            model_name='historicalorganisation',
            name='acronym',
            field=models.CharField(blank=True, help_text='What it is called for short: UN, NATO, IAEA.', max_length=30),
        ),
        migrations.AlterField(
            model_name='historicalorganisation',
            name='kind',
            field=models.CharField(blank=True, help_text='What kind of body it is: alliance, court, bank, agency, …', max_length=40),
        ),
        migrations.AlterField(
            model_name='historicalplace',
            name='name',
            field=models.CharField(help_text='Name of a building, city, region or country: Spaso House, Geneva.', max_length=200),
        ),
        migrations.AlterField(
            model_name='historicalposition',
            name='country',
            field=models.ForeignKey(blank=True, db_constraint=False, help_text='The state that it is a post of.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='meetings.country'),
        ),
        migrations.AlterField(
            model_name='historicalposition',
            name='organisation',
            field=models.ForeignKey(blank=True, db_constraint=False, help_text='The body that it is a post of.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='meetings.organisation'),
        ),
        migrations.AlterField(
            model_name='historicalposition',
            name='title',
            field=models.CharField(help_text='Name of the post: Minister of Foreign Affairs.', max_length=200),
        ),
        migrations.AlterField(
            model_name='issue',
            name='plover',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), blank=True, default=list, help_text='Codes that it has as a context in PLOVER.', size=None),
        ),
        migrations.AlterField(
            model_name='judgement',
            name='made_at',
            field=models.DateTimeField(default=django.utils.timezone.now, editable=False, help_text='When it was decided.'),
        ),
        migrations.AlterField(
            model_name='judgement',
            name='reason',
            field=models.TextField(blank=True, help_text="Why it was decided so, in the editor's words."),
        ),
        migrations.AlterField(
            model_name='meeting',
            name='audience',
            field=models.ForeignKey(blank=True, editable=False, help_text='Who may see it. Empty: everybody, as it is derived from public accounts alone. Otherwise whoever may see the restricted collection that its accounts belong to.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='meetings', to='meetings.collection'),
        ),
        migrations.AlterField(
            model_name='meeting',
            name='date',
            field=models.CharField(blank=True, help_text='Date as EDTF: 2007-05-29, 2007-05, 2007, 2015-05~ (about), 2007-07-01/2007-07-02. Empty when not known.', max_length=60, validators=[meetings.models.base.validate_edtf]),
        ),
        migrations.AlterField(
            model_name='meeting',
            name='duration',
            field=models.PositiveIntegerField(blank=True, help_text='Minutes that it lasted, where told.', null=True),
        ),
        migrations.AlterField(
            model_name='meetingissue',
            name='meeting',
            field=models.ForeignKey(help_text='The meeting that it was an issue of.', on_delete=django.db.models.deletion.CASCADE, related_name='agenda', to='meetings.meeting'),
        ),
        migrations.AlterField(
            model_name='organisation',
            name='acronym',
            field=models.CharField(blank=True, help_text='What it is called for short: UN, NATO, IAEA.', max_length=30),
        ),
        migrations.AlterField(
            model_name='organisation',
            name='kind',
            field=models.CharField(blank=True, help_text='What kind of body it is: alliance, court, bank, agency, …', max_length=40),
        ),
        migrations.AlterField(
            model_name='participant',
            name='attendance',
            field=models.CharField(choices=[('principal', 'Principal'), ('accompanying', 'Accompanying'), ('interpreter', 'Interpreter'), ('notetaker', 'Notetaker')], default=meetings.records.Attendance['PRINCIPAL'], help_text='In what capacity they were there: principal, accompanying, interpreter, …', max_length=14),
        ),
        migrations.AlterField(
            model_name='participant',
            name='meeting',
            field=models.ForeignKey(help_text='The meeting that they took part in.', on_delete=django.db.models.deletion.CASCADE, related_name='participants', to='meetings.meeting'),
        ),
        migrations.AlterField(
            model_name='passage',
            name='field',
            field=models.CharField(blank=True, help_text='Which line of a header it is: participants, subject, place, …', max_length=30),
        ),
        migrations.AlterField(
            model_name='passage',
            name='label',
            field=models.CharField(choices=[('header', 'Header'), ('heading', 'Heading'), ('body', 'Body'), ('caption', 'Caption'), ('note', 'Note'), ('clutter', 'Clutter')], default=meetings.records.Label['BODY'], help_text='What part of the document it is: heading, header, body, …', max_length=10),
        ),
        migrations.AlterField(
            model_name='passage',
            name='marking',
            field=models.CharField(blank=True, help_text='Mark of secrecy before the paragraph: SBU, C.', max_length=20),
        ),
        migrations.AlterField(
            model_name='passage',
            name='number',
            field=models.CharField(blank=True, help_text='Number of the paragraph as printed: 7.', max_length=20),
        ),
        migrations.AlterField(
            model_name='personname',
            name='folded',
            field=models.CharField(editable=False, help_text='The name folded into lower-case ASCII words, for look-ups.', max_length=200),
        ),
        migrations.AlterField(
            model_name='place',
            name='name',
            field=models.CharField(help_text='Name of a building, city, region or country: Spaso House, Geneva.', max_length=200),
        ),
        migrations.AlterField(
            model_name='position',
            name='country',
            field=models.ForeignKey(blank=True, help_text='The state that it is a post of.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='positions', to='meetings.country'),
        ),
        migrations.AlterField(
            model_name='position',
            name='organisation',
            field=models.ForeignKey(blank=True, help_text='The body that it is a post of.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='positions', to='meetings.organisation'),
        ),
        migrations.AlterField(
            model_name='position',
            name='title',
            field=models.CharField(help_text='Name of the post: Minister of Foreign Affairs.', max_length=200),
        ),
        migrations.AlterField(
            model_name='stageddocument',
            name='date',
            field=models.CharField(blank=True, help_text='Date of the document, as EDTF.', max_length=60),
        ),
        migrations.AlterField(
            model_name='stageddocument',
            name='kind',
            field=models.CharField(choices=[('cable', 'Cable'), ('memcon', 'Memorandum of conversation'), ('readout', 'Readout'), ('news', 'News report'), ('other', 'Other'), ('register', 'Official list')], default=meetings.records.Kind['OTHER'], help_text='What kind of document it is.', max_length=10),
        ),
        migrations.AlterField(
            model_name='statement',
            name='issue',
            field=models.ForeignKey(blank=True, help_text='The issue that it is on.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='statements', to='meetings.issue'),
        ),
        migrations.AlterField(
            model_name='statement',
            name='kind',
            field=models.CharField(choices=[('direct', 'Direct'), ('reported', 'Reported')], help_text="Whose words they are. Direct: the speaker's own. Reported: the document's.", max_length=10),
        ),
        migrations.AlterField(
            model_name='upload',
            name='made',
            field=models.DateTimeField(auto_now_add=True, help_text='When it was handed in.'),
        ),
    ]
