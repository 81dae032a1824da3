"""Which spellings are one name? Query-time expansion from written-down aliases.

``expand`` leads from the terms of a query to other spellings, and says why each was added. Only
what stands in the index is added, so the answer is the same however long the alias files are.
"""

from searchidx.names.aliases import Alias, AliasTable, Name, name_terms, shipped, with_user_file
from searchidx.names.spellings import spellings
from searchidx.names.table import NameIndex
from searchidx.names.variants import Variant, expand, inflected_names, other_names

__all__ = [
    "Alias",
    "AliasTable",
    "Name",
    "NameIndex",
    "Variant",
    "expand",
    "inflected_names",
    "name_terms",
    "other_names",
    "shipped",
    "spellings",
    "with_user_file",
]
