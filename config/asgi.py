"""What the server runs: pages through Django on a few standing threads, sockets through the live side."""

import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup(set_prefix=False)  # comes before everything that has models

from channels.routing import ProtocolTypeRouter  # noqa: E402

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

application = ProtocolTypeRouter({"http": BodyLimit(FewThreads(Pages())), "websocket": sockets})
