"""Our server as bin/dev starts it, with an ear on standard input: each line is answered with the hub's counters."""

import json
import sys
import threading

from daphne.cli import CommandLineInterface


def tell_counters() -> None:
    from facilitation.live.hub import hub

    for line in sys.stdin:
        counters = hub.counters
        if line.strip() == "forget":
            counters.rendered.clear()
        most = max(counters.rendered.values(), default=0)
        said = {"renders": counters.renders, "sent": counters.sent, "skipped": counters.skipped, "most": most}
        print(json.dumps(said), flush=True)


if __name__ == "__main__":
    threading.Thread(target=tell_counters, daemon=True).start()
    CommandLineInterface.entrypoint()
