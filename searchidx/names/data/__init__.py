"""Names and spellings as data. Each entry: the names, words it must not catch, where it comes from."""
