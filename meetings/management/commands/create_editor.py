from .create_account import Command  # noqa: F401
