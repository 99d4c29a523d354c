"""Pictures over the meetings that a question finds, as plain tables: a timeline, a map, a network of people, a calendar.

    meetings found → at most ``sample.MOST`` of them → a few queries → a table → the page, its picture, a CSV file

The page shows the table; the picture is drawn from it in the browser. What a picture leaves out it counts and says.
"""
