"""The knowledge that the names room works with, in one file that is quick to read.

``data/model.json`` is made by ``python -m searchidx.names.train`` from the TOML files beside it, which
people edit, and from what was learnt. It holds the letters of the scripts and the weights of the
verifier. Read at the first name of a query.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("data") / "model.json"


@cache
def model() -> dict[str, Any]:
    """Give the whole model."""
    data: dict[str, Any] = json.loads(FILE.read_bytes())
    return data
