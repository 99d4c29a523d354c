"""What an account may do, read in one statement: every page asks for it, as what it offers depends on it."""

from __future__ import annotations

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import AnonymousUser, User
from django.db import connection

HELD = """
SELECT app_label || '.' || codename FROM auth_permission permission
JOIN django_content_type type ON type.id = permission.content_type_id
WHERE permission.id IN (
    SELECT permission_id FROM auth_user_user_permissions WHERE user_id = %(user)s
    UNION ALL
    SELECT permission_id FROM auth_group_permissions JOIN auth_user_groups USING (group_id) WHERE user_id = %(user)s
)
"""


class Backend(ModelBackend):
    """Django's own, which reads the permissions of an account and those of its groups in two statements."""

    def get_all_permissions(self, user_obj: User | AnonymousUser, obj: object = None) -> set[str]:
        if not user_obj.is_active or user_obj.is_superuser or obj is not None:
            return super().get_all_permissions(user_obj, obj)
        if not hasattr(user_obj, "_perm_cache"):  # under the name that Django keeps it under
            with connection.cursor() as cursor:
                cursor.execute(HELD, {"user": user_obj.pk})
                user_obj._perm_cache = {permission for (permission,) in cursor.fetchall()}
        return user_obj._perm_cache
