"""How does an index survive? Generations, manifest, lock and leases.

The only room that touches the index folder.
"""

from searchidx.store.build import Build
from searchidx.store.generation import Generation
from searchidx.store.generations import IndexFolder
from searchidx.store.manifest import FileFacts

__all__ = ["IndexFolder", "Generation", "Build", "FileFacts"]
