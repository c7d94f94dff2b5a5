"""The addresses of sockets. The last one takes whatever is left, to refuse it quietly."""

from channels.routing import URLRouter
from django.urls import path, re_path

from facilitation.live.consumers import LiveConsumer

live = LiveConsumer.as_asgi()

sockets = URLRouter(
    [
        path("ws/w/<str:code>/<str:surface>/", live),
        path("ws/screen/<str:token>/", live),
        re_path("", live),
    ]
)
