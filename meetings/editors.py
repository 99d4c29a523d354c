"""What members.py has, under its earlier name."""

from .members import Role, create_account, editors_group

__all__ = ["create_editor", "editors_group"]


def create_editor(username: str) -> str:
    return create_account(username, Role.EDITOR)
