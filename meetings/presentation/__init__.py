"""How rows are laid out on a page: text with its marks, a meeting's delegations, positions and accounts. No HTML here."""
