"""The learned weights of the linear models, one readable TOML file each in `weights/`; `training/scripts/fit_*.py` writes them."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path
from typing import Any

# Measuring in folds runs the pipeline on weights that were fitted without the documents it is scored on.
FOLDER = Path(os.environ.get("DIPLOMACY_WEIGHTS") or Path(__file__).with_name("weights"))


def load(name: str) -> dict[str, Any]:
    """What ``weights/NAME.toml`` holds. Raises FileNotFoundError when there is no such file."""
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
