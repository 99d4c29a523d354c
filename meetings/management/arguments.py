"""Arguments that several commands take."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError


def add_processes(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--processes", type=positive, default=1, help="how many processes analyse texts side by side (default: 1)"
    )


def positive(text: str) -> int:
    """A whole number from 1. Raises ArgumentTypeError, which the parser turns into a sentence."""
    if not text.isdecimal() or int(text) == 0:
        raise ArgumentTypeError(f"{text!r} is not a number from 1")
    return int(text)
