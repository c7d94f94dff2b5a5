"""What the server runs: pages through Django on a few standing threads, sockets through the live side."""

import gc
import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup(set_prefix=False)  # comes before everything that has models

from channels.routing import ProtocolTypeRouter  # noqa: E402
from django.template.loader import get_template  # noqa: E402
from django.urls import get_resolver, reverse  # noqa: E402

from activities.kind import rooms  # noqa: E402
from config.charsets import OnlyUtf8  # noqa: E402
from config.limits import BodyLimit  # noqa: E402
from config.threads import FewThreads, Pages  # noqa: E402
from facilitation.live.routing import sockets  # noqa: E402
from workshops import one_server  # noqa: E402

try:
    one_server.hold()  # only servers import this file; commands may work beside one
except one_server.Taken as problem:
    sys.exit(str(problem))

if "daphne.server" in sys.modules:
    import config.daphne_request  # noqa: F401

# Before the port opens, not while 150 phones wait that have just lost a server: views, forms, rooms and phone pages.
get_resolver().url_patterns  # noqa: B018, reading it imports all of them
for template in [
    "errors/429.html",
    "surfaces/phone.html",
    "surfaces/_phone.html",
    *(room.face("phone") for room in rooms().values()),
]:
    get_template(template)

gc.collect()
gc.freeze()  # what is loaded by now stays: looking through it again and again held the whole room up for 100 ms
gc.collect()  # and is not counted: full collections come when a quarter more is there than the last one found

hashing = frozenset({reverse("sign-in"), reverse("account")})
views = FewThreads(Pages(), hashing=hashing)
application = ProtocolTypeRouter({"http": BodyLimit(OnlyUtf8(views)), "websocket": sockets})
