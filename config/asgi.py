"""What the server runs: pages through Django on a few standing threads, sockets through the live side."""

import os
import sys

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
pages = get_asgi_application()  # sets Django up, so it comes before everything that has models

from channels.routing import ProtocolTypeRouter  # noqa: E402

from config.limits import BodyLimit  # noqa: E402
from config.threads import FewThreads  # noqa: E402
from facilitation.live.routing import sockets  # noqa: E402
from workshops import one_server  # noqa: E402

try:
    one_server.hold()  # only servers import this file; commands may work beside one
except one_server.Taken as problem:
    sys.exit(str(problem))

if "daphne.server" in sys.modules:
    import config.daphne_request  # noqa: F401

application = ProtocolTypeRouter({"http": BodyLimit(FewThreads(pages)), "websocket": sockets})
