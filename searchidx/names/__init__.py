"""Which spellings are one name? Query-time expansion by sound, and from written-down aliases.

``spellings`` finds what sounds alike among the names of the index, ``expand`` what somebody wrote down;
both say why each spelling was added. Only what stands in the index is added, so the answer is the same
however long the alias files are.
"""

from searchidx.names.aliases import Alias, AliasTable, Name, name_terms, shipped, with_user_file
from searchidx.names.beside import BESIDE, COGNATE
from searchidx.names.finder import EQUAL, spellings
from searchidx.names.table import NameIndex
from searchidx.names.variants import Variant, expand, inflected_names, other_names

__all__ = [
    "BESIDE",
    "COGNATE",
    "EQUAL",
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
