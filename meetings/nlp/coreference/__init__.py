"""Who is spoken of: references meet the document's cast, then who says "I" and whom "he" means."""
