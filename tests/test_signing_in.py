"""Signing in: throttled, without telling who is known here; roles; new passwords with and without mail; a site for members alone."""

import re
from datetime import timedelta
from io import StringIO

import pytest
from axes.models import AccessAttempt
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from meetings.members import Role, create_account, password_link, role_of
from tests.factories import CollectionFactory, UserFactory, told

pytestmark = pytest.mark.django_db

PASSWORD = "a-long-pass-phrase"


def sign_in(client, name, password=PASSWORD, address="203.0.113.5", **headers):
    return client.post(
        "/accounts/login/", {"username": name, "password": password}, REMOTE_ADDR=address, headers=headers
    )


@pytest.fixture
def reader():
    return UserFactory(username="reader")


class TestLockOut:
    def fail(self, client, times, name="reader", **where):
        return [sign_in(client, name, f"wrong-{n}", **where).status_code for n in range(times)]

    def test_five_wrong_passwords_end_the_trying_even_with_the_right_one(self, client, reader):
        assert self.fail(client, 5) == [200] * 4 + [429]
        refused = sign_in(client, "reader")
        assert refused.status_code == 429
        assert refused["Retry-After"] == "900"
        assert "15 minutes" in refused.content.decode()
        assert "_auth_user_id" not in client.session

    def test_nothing_tells_a_name_that_is_known_from_one_that_is_not(self, client, reader):
        def pages(name):
            client.cookies.clear()
            found = [sign_in(client, name, f"wrong-{n}") for n in range(6)]
            token = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"')
            return [(page.status_code, token.sub("", page.content.decode()).replace(name, "NAME")) for page in found]

        assert pages("reader") == pages("nobody")

    def test_somebody_elsewhere_is_not_locked_out_with_them(self, client, reader):
        self.fail(client, 5)
        assert sign_in(client, "reader", address="198.51.100.7").status_code == 302

    def test_nor_is_somebody_else_at_the_same_address(self, client, reader):
        self.fail(client, 5)
        UserFactory(username="neighbour")
        assert sign_in(client, "neighbour").status_code == 302

    def test_a_name_tried_from_many_addresses_is_closed_as_well(self, client, reader):
        for n in range(13):
            self.fail(client, 4, address=f"198.51.100.{n}")
        assert sign_in(client, "reader").status_code == 429

    def test_an_address_that_tries_many_names_is_closed_as_well(self, client, reader):
        for n in range(13):
            self.fail(client, 4, name=f"name{n}")
        assert sign_in(client, "reader").status_code == 429
        assert sign_in(client, "reader", address="198.51.100.7").status_code == 302

    def test_an_account_of_ones_own_does_not_reopen_another(self, client, reader):
        UserFactory(username="attacker")
        self.fail(client, 4)
        sign_in(client, "attacker")
        assert self.fail(client, 1) == [429]

    def test_signing_in_forgets_ones_own_failures(self, client, reader):
        self.fail(client, 4)
        sign_in(client, "reader")
        assert self.fail(client, 4) == [200] * 4

    def test_it_ends_after_a_while_which_trying_does_not_prolong(self, client, reader):
        self.fail(client, 5)
        AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=14, seconds=59))
        sign_in(client, "reader")
        AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=16))
        assert sign_in(client, "reader").status_code == 302

    def test_an_administrator_ends_it_at_once(self, client, reader):
        self.fail(client, 5)
        call_command("axes_reset_username", "reader", stdout=StringIO())
        assert sign_in(client, "reader").status_code == 302

    def test_networks_of_ipv6_count_as_one(self, client, reader):
        for n in range(5):
            last = sign_in(client, "reader", "wrong", address=f"2001:db8::{n}")
        assert last.status_code == 429

    def test_behind_a_proxy_the_client_counts_and_not_what_it_claims(self, client, reader, settings):
        settings.PROXIES = 1
        for n in range(5):
            forwarded = f"192.0.2.{n}, 203.0.113.9"
            last = sign_in(client, "reader", "wrong", address="127.0.0.1", **{"X-Forwarded-For": forwarded})
        assert last.status_code == 429
        other = sign_in(client, "reader", address="127.0.0.1", **{"X-Forwarded-For": "203.0.113.10"})
        assert other.status_code == 302

    def test_without_a_proxy_a_header_counts_for_nothing(self, client, reader):
        for n in range(5):
            last = sign_in(client, "reader", "wrong", **{"X-Forwarded-For": f"192.0.2.{n}"})
        assert last.status_code == 429

    def test_no_password_is_kept_with_the_failures(self, client, reader):
        sign_in(client, "reader", "my-other-secret")
        kept = AccessAttempt.objects.values_list().get()
        assert "my-other-secret" not in repr(kept)


class TestSession:
    @pytest.mark.parametrize(
        "next", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "/\\evil.example"]
    )
    def test_one_is_led_to_no_other_site(self, client, reader, next):
        data = {"username": "reader", "password": PASSWORD, "next": next}
        assert client.post("/accounts/login/", data).url == "/"
        assert "evil.example" not in client.get(f"/accounts/login/?next={next}").content.decode().replace(next, "")

    def test_one_is_led_back_to_where_one_was(self, client, reader):
        data = {"username": "reader", "password": PASSWORD, "next": "/searches/?q=x"}
        assert client.post("/accounts/login/", data).url == "/searches/?q=x"

    @pytest.mark.parametrize("address", ["/review/decide?about=trade", "/queue/retry", "/searches/1/delete"])
    def test_who_sends_a_form_when_signed_out_comes_back_to_its_page_and_to_no_other_site(self, client, address):
        page = "/review/?about=trade"
        answer = client.post(address, headers={"Referer": f"http://testserver{page}"})
        assert answer.url == "/accounts/login/?next=/review/%3Fabout%3Dtrade"
        assert client.get(page).status_code == 302
        assert "evil" not in client.post(address, headers={"Referer": "https://evil.example/"}).url

    def test_signing_in_changes_the_sessions_number(self, client, reader):
        client.get("/accounts/login/")
        session = client.session
        session["x"] = 1
        session.save()
        before = session.session_key
        sign_in(client, "reader")
        assert client.session.session_key != before

    def test_signing_out_needs_the_form_and_ends_the_session(self, client, reader):
        client.force_login(reader)
        assert client.get("/accounts/logout/").status_code == 405
        client.post("/accounts/logout/")
        assert "_auth_user_id" not in client.session

    @pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
    def test_a_form_without_its_token_is_refused_htmx_or_not(self, reader, headers):
        client = Client(enforce_csrf_checks=True)
        client.force_login(reader)
        refused = client.post("/searches/", {"name": "x", "query": "q=x"}, headers=headers)
        assert refused.status_code == 403
        assert not reader.searches.exists()

    def test_htmx_may_send_the_token_as_a_header(self, reader):
        client = Client(enforce_csrf_checks=True)
        client.force_login(reader)
        token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', client.get("/searches/?q=x").content.decode())[1]
        headers = {"HX-Request": "true", "X-CSRFToken": token}
        assert client.post("/searches/", {"name": "x", "query": "q=x"}, headers=headers).status_code == 302

    def test_cookies_are_for_the_browser_alone(self, client, reader):
        answer = sign_in(client, "reader")
        cookie = answer.cookies["session"]
        assert cookie["httponly"] and cookie["samesite"] == "Lax"
        assert cookie["max-age"] == 12 * 3600

    def test_what_is_made_for_one_person_is_kept_by_no_cache(self, client, reader):
        assert "Cache-Control" not in client.get("/").headers
        client.force_login(reader)
        for address in ("/", "/people/", "/meetings/export.csv", "/nowhere/"):
            kept = client.get(address)["Cache-Control"]
            assert "no-store" in kept and "private" in kept, address


class TestRoles:
    @pytest.mark.parametrize("role", Role)
    def test_each_role_can_be_made_and_signs_in(self, client, role):
        out = StringIO()
        call_command("create_account", "ann", "--role", role, stdout=out)
        password = re.search(r"password +(\w+)", out.getvalue())[1]
        assert sign_in(client, "ann", password).status_code == 302
        user = get_user_model().objects.get()
        assert role_of(user) == role
        rights = (user.is_staff, user.has_perm("meetings.change_meeting"), user.has_perm("auth.change_user"))
        assert (
            rights
            == {
                Role.READER: (False, False, False),
                Role.EDITOR: (True, True, False),
                Role.ADMINISTRATOR: (True, True, True),
            }[role]
        )

    def test_editors_may_work_with_every_record_of_this_version_and_with_nothing_else(self):
        allowed = Group.objects.get(name="editors").permissions
        assert set(allowed.all()) == set(Permission.objects.filter(content_type__app_label="meetings"))

    def test_an_account_is_closed_and_never_deleted(self, client, administrator, reader):
        assert client.post(f"/admin/auth/user/{reader.pk}/delete/", {"post": "yes"}).status_code == 403

    def test_a_name_is_given_once(self):
        create_account("ann", Role.READER)
        with pytest.raises(CommandError, match="password_link ann"):
            call_command("create_account", "ann")

    def test_a_name_that_the_forms_would_refuse_is_refused(self):
        with pytest.raises(CommandError, match="valid username"):
            call_command("create_account", "ann lee")

    def form(self, client, user, **changes):
        data = {"username": user.username, "role": role_of(user), "is_active": "on", **changes}
        data = {name: value for name, value in data.items() if value is not None}
        return client.post(f"/admin/auth/user/{user.pk}/change/", data)

    @pytest.fixture
    def administrator(self, client):
        create_account("chief", Role.ADMINISTRATOR)
        user = get_user_model().objects.get(username="chief")
        client.force_login(user)
        return user

    def test_an_administrator_gives_role_and_collections(self, client, administrator, reader):
        closed = CollectionFactory(name="Closed", public=False)
        assert self.form(client, reader, collections=closed.pk).status_code == 302
        assert list(reader.collections.all()) == [closed]
        assert self.form(client, reader, role=Role.EDITOR).status_code == 302
        changed = get_user_model().objects.get(pk=reader.pk)
        assert role_of(changed) == Role.EDITOR and not changed.collections.exists()
        self.form(client, changed, role=Role.READER)
        changed = get_user_model().objects.get(pk=reader.pk)
        assert role_of(changed) == Role.READER and not changed.has_perm("meetings.change_meeting")

    @pytest.mark.parametrize("changes", [{"role": Role.READER}, {"is_active": None}])
    def test_an_administrator_does_not_lock_themselves_out(self, client, administrator, changes):
        answer = self.form(client, administrator, **changes)
        assert "You would lock yourself out" in answer.content.decode()
        assert role_of(get_user_model().objects.get(pk=administrator.pk)) == Role.ADMINISTRATOR

    def test_an_account_that_is_made_in_the_admin_is_a_readers(self, client, administrator):
        data = {
            "username": "new",
            "password1": "fog-lamp-41-weir",
            "password2": "fog-lamp-41-weir",
        }
        assert client.post("/admin/auth/user/add/", data).status_code == 302
        assert role_of(get_user_model().objects.get(username="new")) == Role.READER

    def test_a_weak_password_is_refused_with_the_reason(self, client, administrator):
        data = {"username": "new", "password1": "password", "password2": "password"}
        page = client.post("/admin/auth/user/add/", data).content.decode()
        assert "at least 12 characters" in page

    def test_an_account_that_is_closed_cannot_sign_in_and_its_session_ends(self, client, administrator, reader):
        theirs = Client()
        theirs.force_login(reader)
        self.form(client, reader, is_active=None)
        assert theirs.get("/searches/").status_code == 302
        assert sign_in(theirs, "reader").status_code == 200


class TestNewPassword:
    NEW = {"new_password1": "fog-lamp-41-weir", "new_password2": "fog-lamp-41-weir"}

    def test_one_changes_it_oneself_and_is_signed_out_elsewhere(self, client, reader):
        elsewhere = Client()
        for browser in (client, elsewhere):
            browser.force_login(reader)
        answer = client.post("/accounts/password/", {"old_password": PASSWORD, **self.NEW}, follow=True)
        assert "Your password is changed" in answer.content.decode()
        assert client.get("/searches/").status_code == 200
        assert elsewhere.get("/searches/").status_code == 302

    @pytest.mark.parametrize(
        ("word", "reason"),
        [("short", "at least 12"), ("password1234", "too common"), ("190319541960", "entirely numeric")],
    )
    def test_a_weak_one_is_refused_with_the_reason(self, client, reader, word, reason):
        client.force_login(reader)
        data = {"old_password": PASSWORD, "new_password1": word, "new_password2": word}
        assert reason in client.post("/accounts/password/", data).content.decode()

    def test_without_mail_one_is_told_whom_to_ask_and_nothing_is_sent(self, client, reader):
        reader.email = "reader@example.org"
        reader.save()
        assert "Ask its administrator" in client.get("/accounts/forgotten/").content.decode()
        client.post("/accounts/forgotten/", {"email": "reader@example.org"})
        assert not mail.outbox

    def test_with_mail_a_link_is_sent_to_an_address_that_is_known_and_the_page_does_not_tell(
        self, client, reader, settings
    ):
        settings.EMAIL_HOST = "mail.example.org"
        reader.email = "reader@example.org"
        reader.save()
        answers = [
            client.post("/accounts/forgotten/", {"email": f"{name}@example.org"}) for name in ("reader", "nobody")
        ]
        assert {answer.url for answer in answers} == {"/accounts/forgotten/sent/"}
        (sent,) = mail.outbox
        self.follow(client, re.search(r"http://testserver(\S+)", sent.body)[1])

    def test_an_administrators_link_does_it_once(self, client, reader):
        link = password_link(reader)
        self.follow(client, link)
        assert "no longer works" in client.get(link, follow=True).content.decode()

    def follow(self, client, link):
        form = client.get(link, follow=True)
        assert "Set a new password" in form.content.decode()
        answer = client.post(form.request["PATH_INFO"], self.NEW, follow=True)
        assert "The new password is set" in answer.content.decode()
        assert sign_in(client, "reader", self.NEW["new_password1"]).status_code == 302

    def test_a_link_that_is_old_does_nothing(self, client, reader, settings):
        link = password_link(reader)
        settings.PASSWORD_RESET_TIMEOUT = -1
        assert "no longer works" in client.get(link, follow=True).content.decode()

    def test_the_command_prints_the_link_alone(self, reader):
        out, error = StringIO(), StringIO()
        call_command("password_link", "reader", stdout=out, stderr=error)
        assert re.fullmatch(r"/accounts/new/\S+/\n", out.getvalue())
        with pytest.raises(CommandError, match="no active account"):
            call_command("password_link", "nobody")


class TestMembersOnly:
    @pytest.fixture(autouse=True)
    def closed(self, settings):
        settings.SITE_PUBLIC = False

    def test_a_stranger_is_sent_to_sign_in_and_back(self, client):
        answer = client.get("/people/?q=x")
        assert answer.url == "/accounts/login/?next=/people/%3Fq%3Dx"
        assert "for its members" in client.get("/accounts/login/").content.decode()

    def test_htmx_is_sent_there_as_a_whole_page(self, client):
        answer = client.get(
            "/suggest?q=x", headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/people/?q=x"}
        )
        assert answer["HX-Redirect"] == "/accounts/login/?next=/people/%3Fq%3Dx"
        assert not answer.content

    def test_nothing_is_kept_by_caches(self, client, reader):
        told(title="Talks")
        client.force_login(reader)
        for address in ("/meetings/feed.atom", "/coverage/", "/help/"):
            answer = client.get(address)
            assert answer.status_code == 200
            assert "no-store" in answer["Cache-Control"] and "public" not in answer["Cache-Control"], address

    def test_health_is_told_to_anybody(self, client):
        assert client.get("/health/").status_code == client.get("/health/ready/").status_code == 200
