"""The doors of the day: phones, the console, the screen."""

from django.urls import include, path

from facilitation import act, catch_up, console, joining, lobby, phone, screen

urlpatterns = [
    path("", include("facilitation.planning.urls")),
    path("j/<slug:code>/", joining.join, name="join"),
    path("j/<slug:code>/qr.svg", screen.join_qr, name="join-qr"),
    path("w/<slug:code>/", phone.show, name="phone"),
    path("w/<slug:code>/mine/", phone.mine, name="mine"),
    path("w/<slug:code>/me/", lobby.me, name="me"),
    path("w/<slug:code>/leave/", joining.leave, name="leave"),
    path("w/<slug:code>/recover/", joining.recover, name="recover"),
    path("w/<slug:code>/version/<slug:surface>/", catch_up.version, name="version"),
    path("w/<slug:code>/a/<int:activity_pk>/<slug:action>/", act.act, name="act"),
    path("w/<slug:code>/console/", console.show, name="console"),
    path("w/<slug:code>/console/desk/", console.desk, name="desk"),
    path("w/<slug:code>/console/people/", console.people, name="people"),
    path("w/<slug:code>/console/do/<slug:verb>/", console.run, name="run"),
    path("screen/<str:token>/", screen.show, name="screen"),
    path("screen/<str:token>/version/", screen.version, name="screen-version"),
]
