"""Taking lists home: rows as plain values with their uncertainty and the way to their evidence, as CSV or JSON Lines, and as Atom feeds.

    queryset → plain values (one module a list) → lines of a format (formats.py) → a file or a response

Dates are EDTF with their first and last day; countries are keys (ISO 3166-1 alpha-2, former states ISO 3166-3); what is not known
is null, in CSV empty. Addresses are permalinks: they outlive new titles, names and mergers.
"""
