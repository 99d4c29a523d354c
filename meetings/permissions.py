"""Who is signed in and what they may do, which every page asks for, read with little work."""

from __future__ import annotations

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import AnonymousUser, User
from django.db import connection
from django.db.models import QuerySet

from .prepared import first, prepared

HELD = """
SELECT app_label || '.' || codename FROM auth_permission permission
JOIN django_content_type type ON type.id = permission.content_type_id
WHERE permission.id IN (
    SELECT permission_id FROM auth_user_user_permissions WHERE user_id = %(user)s
    UNION ALL
    SELECT permission_id FROM auth_group_permissions JOIN auth_user_groups USING (group_id) WHERE user_id = %(user)s
)
"""


@prepared
def account(pk: int) -> QuerySet[User]:
    return User.objects.filter(pk=pk)


class Backend(ModelBackend):
    """Django's own, which reads the permissions of an account and those of its groups in two statements."""

    def get_user(self, user_id: int) -> User | None:
        user = first(account(user_id))
        return user if user and self.user_can_authenticate(user) else None

    def get_all_permissions(self, user_obj: User | AnonymousUser, obj: object = None) -> set[str]:
        if not user_obj.is_active or user_obj.is_superuser or obj is not None:
            return super().get_all_permissions(user_obj, obj)
        if not hasattr(user_obj, "_perm_cache"):  # under the name that Django keeps it under
            with connection.cursor() as cursor:
                cursor.execute(HELD, {"user": user_obj.pk})
                user_obj._perm_cache = {permission for (permission,) in cursor.fetchall()}
        return user_obj._perm_cache
