"""The pages. A list's view gives the whole page, or the fragment that htmx asks for."""
