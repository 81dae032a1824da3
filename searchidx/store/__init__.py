"""How does an index survive? Generations, manifest, lock and leases.

The only room that touches the index folder. ``generations.IndexFolder`` is its door; nothing is
imported here, so that a reader need not load what only a writer needs.
"""
