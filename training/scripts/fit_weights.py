"""Fits all weights that the app ships, in the order of the components that they serve.

    python training/scripts/fit_weights.py EVAL [--without FOLD] [--out FOLDER]

Each model is fitted on what the pipeline finds with the weights fitted before it.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import annotated

ORDER = ("nationality", "confidence", "presence", "circumstances", "issues")


def main() -> None:
    args = annotated.arguments(__doc__)
    args.out.mkdir(parents=True, exist_ok=True)
    for shipped in annotated.weights.FOLDER.glob("*.toml"):
        if not (args.out / shipped.name).exists():
            (args.out / shipped.name).write_text(shipped.read_text(encoding="utf-8"), encoding="utf-8")
    fold = [] if args.without is None else ["--without", str(args.without)]
    for name in ORDER:
        script = Path(__file__).with_name(f"fit_{name}.py")
        subprocess.run(
            [sys.executable, script, args.evaluation, "--folders", *args.folders, *fold, "--out", args.out],
            env=os.environ | {"DIPLOMACY_WEIGHTS": str(args.out)},
            check=True,
        )


if __name__ == "__main__":
    main()
