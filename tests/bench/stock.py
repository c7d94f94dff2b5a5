"""What the documentation of Django and Channels leads to: a sync view that writes and tells a group.

It is treated kindly: it renders the same frame as ours, once, in the view, and answers with nothing. `/each/` renders
in every consumer instead, as many tutorials do.
"""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.bench.stock_settings")
django.setup()  # comes before everything that has models

from asgiref.sync import async_to_sync  # noqa: E402
from channels.db import database_sync_to_async  # noqa: E402
from channels.generic.websocket import AsyncWebsocketConsumer  # noqa: E402
from channels.layers import get_channel_layer  # noqa: E402
from channels.routing import ProtocolTypeRouter, URLRouter  # noqa: E402
from django.core.asgi import get_asgi_application  # noqa: E402
from django.db import transaction  # noqa: E402
from django.db.models import F  # noqa: E402
from django.http import HttpRequest, HttpResponse  # noqa: E402
from django.shortcuts import get_object_or_404  # noqa: E402
from django.urls import path  # noqa: E402
from django.views.decorators.http import require_POST  # noqa: E402

from facilitation import passes  # noqa: E402
from facilitation.live import surfaces  # noqa: E402
from workshops.models import Activity, Card, Participant, Workshop  # noqa: E402


def healthz(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok")


@require_POST
def send(request: HttpRequest, activity_pk: int, telling: str) -> HttpResponse:
    """The participant behind the cookie puts up a card. telling: nobody, once (rendered here) or each (there)."""
    activity = get_object_or_404(Activity.objects.select_related("workshop"), pk=activity_pk)
    cookie = request.COOKIES.get(passes.participant_cookie(activity.workshop.code), "")
    found = passes.read_participant_pass(cookie)
    if found is None:
        return HttpResponse(status=404)
    with transaction.atomic():
        person = get_object_or_404(Participant, pk=found.participant_id, workshop=activity.workshop)
        Card.objects.create(activity=activity, participant=person, text=request.POST["text"])
        Workshop.objects.filter(pk=activity.workshop_id).update(version=F("version") + 1)
        version = Workshop.objects.values_list("version", flat=True).get(pk=activity.workshop_id)
    if telling != "nobody":
        message = {"type": "changed", "workshop": activity.workshop_id, "text": ""}
        if telling == "once":
            message["text"] = frame_of(activity.workshop_id)
        async_to_sync(get_channel_layer().group_send)(f"workshop-{activity.workshop.code}", message)
    return HttpResponse(status=204, headers={"X-Version": str(version)})


def frame_of(workshop_id: int) -> str:
    workshop = Workshop.objects.select_related("network", "current__seating").get(pk=workshop_id)
    return surfaces.frame(workshop, surfaces.zones_of(workshop, "phone", None))


class Phone(AsyncWebsocketConsumer):
    async def connect(self) -> None:
        self.group = f"workshop-{self.scope['url_route']['kwargs']['code']}"
        await self.channel_layer.group_add(self.group, self.channel_name)
        await self.accept()
        await self.send('{"v":1,"zones":{}}')

    async def disconnect(self, code: int) -> None:
        await self.channel_layer.group_discard(self.group, self.channel_name)

    async def changed(self, event: dict) -> None:
        await self.send(event["text"] or await database_sync_to_async(frame_of)(event["workshop"]))


urlpatterns = [path("healthz/", healthz), path("a/<int:activity_pk>/<slug:telling>/", send)]
application = ProtocolTypeRouter(
    {
        "http": get_asgi_application(),
        "websocket": URLRouter([path("ws/w/<str:code>/phone/", Phone.as_asgi())]),
    }
)
