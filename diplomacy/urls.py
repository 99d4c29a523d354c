from django.contrib import admin
from django.contrib.auth import views as auth
from django.urls import include, path

from diplomacy import health, signing_in

handler500 = "diplomacy.errors.server_error"

urlpatterns = [
    path("admin/", admin.site.urls),
    path("accounts/login/", signing_in.SignIn.as_view(), name="login"),
    path("accounts/logout/", auth.LogoutView.as_view(), name="logout"),
    path("accounts/password/", auth.PasswordChangeView.as_view(), name="password_change"),
    path("accounts/password/changed/", auth.PasswordChangeDoneView.as_view(), name="password_change_done"),
    path("accounts/forgotten/", signing_in.Forgotten.as_view(), name="password_reset"),
    path("accounts/forgotten/sent/", auth.PasswordResetDoneView.as_view(), name="password_reset_done"),
    path("accounts/new/<uidb64>/<token>/", auth.PasswordResetConfirmView.as_view(), name="password_reset_confirm"),
    path("accounts/new/done/", auth.PasswordResetCompleteView.as_view(), name="password_reset_complete"),
    path("health/", health.alive, name="health"),
    path("health/ready/", health.ready, name="ready"),
    path("", include("meetings.urls")),
]
