"""The table of contents."""

from django.urls import include, path

from config import front

urlpatterns = [
    path("", front.home, name="home"),
    path("sign-in/", front.sign_in, name="sign-in"),
    path("sign-in/<str:token>/", front.spend_link, name="sign-in-link"),
    path("sign-out/", front.sign_out, name="sign-out"),
    path("account/", front.account, name="account"),
    path("healthz/", front.healthz, name="healthz"),
    path("", include("facilitation.urls")),
    path("", include("outputs.urls")),
]
handler400 = "config.errors.bad_request"
handler404 = "config.errors.not_found"
handler500 = "config.errors.broken"
