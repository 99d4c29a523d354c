"""Who is signed in and what they may do is what Django says of it."""

from __future__ import annotations

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import AnonymousUser, Group, Permission

from meetings.permissions import Backend
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
OWN, OF_GROUP, OF_ANOTHER = "change_meeting", "delete_meeting", "add_meeting"


@pytest.fixture
def user():
    one = UserFactory()
    one.user_permissions.set(Permission.objects.filter(codename__in=[OWN, OF_GROUP]))
    for codename in OF_GROUP, "view_group":
        group = Group.objects.create(name=codename)
        group.permissions.set(Permission.objects.filter(codename=codename))
        one.groups.add(group)
    Group.objects.create(name="not theirs").permissions.set(Permission.objects.filter(codename=OF_ANOTHER))
    UserFactory().user_permissions.set(Permission.objects.filter(codename=OF_ANOTHER))
    return one


def anew(user):
    return get_user_model().objects.get(pk=user.pk)  # as a request has it, with no permission read yet


def test_own_and_a_groups_are_read_in_one_statement(user, django_assert_num_queries):
    user = anew(user)
    with django_assert_num_queries(1):
        assert user.has_perms(["meetings.change_meeting", "meetings.delete_meeting", "auth.view_group"])
        assert not user.has_perm("meetings.add_meeting")
        assert user.has_module_perms("auth") and not user.has_module_perms("sessions")


@pytest.mark.parametrize("change", [{}, {"is_active": False}, {"is_superuser": True}])
def test_they_are_those_that_django_finds(user, change):
    get_user_model().objects.filter(pk=user.pk).update(**change)
    found = Backend().get_all_permissions(anew(user))
    assert found == ModelBackend().get_all_permissions(anew(user))
    assert bool(found) is change.get("is_active", True)


def test_none_are_a_visitors_nor_held_for_one_record(user):
    assert Backend().get_all_permissions(AnonymousUser()) == set()
    assert Backend().get_all_permissions(anew(user), user) == set()


def test_whose_account_is_closed_or_gone_is_nobody(user):
    assert Backend().get_user(user.pk) == user
    get_user_model().objects.filter(pk=user.pk).update(is_active=False)
    assert Backend().get_user(user.pk) is None
    user.delete()
    assert Backend().get_user(user.pk or 0) is None
