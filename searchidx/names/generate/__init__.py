"""Make the name files that ship, from the lists in ``names/data`` and from packages: at build time only.

``python -m searchidx.names.generate`` writes them, with ``--check`` it compares. The curated file needs
nothing; the bulk file needs the packages of the extra ``names-data``. Their versions are pinned: the same
sources give the same bytes.
"""
