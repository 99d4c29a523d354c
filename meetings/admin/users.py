"""Accounts: who has which role, which restricted collections they may see, and links to set a new password."""

from __future__ import annotations

from axes.models import AccessAttempt
from django import forms
from django.contrib import admin, messages
from django.contrib.auth import get_user_model
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import UserChangeForm, UserCreationForm
from django.contrib.auth.models import Group
from django.db.models import QuerySet
from django.http import HttpRequest

from ..members import Role, password_link, role_of, set_role, share
from ..models import Collection
from .base import ViewOnly

User = get_user_model()

admin.site.unregister((User, Group))  # a role stands for groups and single permissions


class AccountForm(UserChangeForm):
    role = forms.ChoiceField(choices=Role.choices)
    collections = forms.ModelMultipleChoiceField(
        Collection.objects.filter(public=False),
        required=False,
        help_text="Restricted ones that a reader may see; Control or Command chooses several. Editors and administrators see all.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["role"] = role_of(self.instance)
        self.initial["collections"] = self.instance.collections.all()

    def clean(self) -> dict:
        values = super().clean()
        own = self.instance == self.asking
        if own and (values.get("role") != Role.ADMINISTRATOR or not values.get("is_active")):
            raise forms.ValidationError("You would lock yourself out: ask another administrator to do this.")
        return values


@admin.register(User)
class AccountAdmin(UserAdmin):
    form = AccountForm
    add_form = UserCreationForm
    add_fieldsets = ((None, {"fields": ("username", "password1", "password2")}),)  # there is no signing in without one
    list_display = ("username", "name", "email", "role", "is_active", "last_login")
    list_filter = ("is_active", "is_staff", "is_superuser", "collections")
    readonly_fields = ("last_login", "date_joined")
    fieldsets = (
        (None, {"fields": ("username", "password", ("first_name", "last_name"), "email")}),
        ("What they may do", {"fields": ("role", "collections", "is_active")}),
        ("Dates", {"fields": (("date_joined", "last_login"),)}),
    )
    actions = ("link_to_set_password",)

    def has_delete_permission(self, request: HttpRequest, obj=None) -> bool:
        return False  # what somebody decided bears their name: an account is closed

    def get_form(self, request: HttpRequest, obj=None, **kwargs) -> type[forms.ModelForm]:
        made = super().get_form(request, obj, **kwargs)
        made.asking = request.user
        return made

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).prefetch_related("groups")

    def save_related(self, request: HttpRequest, form, formsets, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        if "role" in form.cleaned_data:  # a new account's first form asks for name and password alone
            set_role(form.instance, Role(form.cleaned_data["role"]))
            share(form.instance, form.cleaned_data["collections"])

    @admin.display(description="Name")
    def name(self, user) -> str:
        return user.get_full_name()

    @admin.display(description="Role")
    def role(self, user) -> str:
        return role_of(user).label.partition(":")[0]

    @admin.action(description="Link to set a new password", permissions=["change"])
    def link_to_set_password(self, request: HttpRequest, users: QuerySet) -> None:
        for user in users.filter(is_active=True):
            address = request.build_absolute_uri(password_link(user))
            self.message_user(
                request, f"{user}: {address} (works once, for a day; hand it over safely)", messages.SUCCESS
            )


@admin.register(AccessAttempt)
class FailureAdmin(ViewOnly, admin.ModelAdmin):
    """Wrong passwords of the last minutes. To delete them ends a lock-out."""

    list_display = ("username", "ip_address", "failures_since_start", "attempt_time")
    search_fields = ("username", "ip_address")
    fields = ("username", "ip_address", "user_agent", "failures_since_start", "attempt_time")

    def has_delete_permission(self, request: HttpRequest, obj: AccessAttempt | None = None) -> bool:
        return admin.ModelAdmin.has_delete_permission(self, request, obj)
