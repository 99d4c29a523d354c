"""The recogniser's entities mended and completed: boundaries and divisions, then types, then what it missed."""
