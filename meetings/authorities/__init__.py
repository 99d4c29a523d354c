"""Facts shipped with the app, in small tables that one can read and mend, and the questions asked of them.

One module a table: countries, organisations, titles, issues, tags, posts, offices, places. No Django, no spaCy. Each table
names its sources in its first lines.
"""
