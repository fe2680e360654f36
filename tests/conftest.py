"""Lets tests share the small real classes of `tests/fakes.py`."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
