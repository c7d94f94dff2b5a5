"""The server that is judged is the server that people start."""

import re
import shlex

from tests.chaos.site import BACKLOG, ENVIRONMENT, OPTIONS, words_in
from tests.serving import ROOT


def test_servers_are_started_with_the_options_of_bin_dev():
    script = (ROOT / "bin" / "dev").read_text()
    command = script[script.index("-m daphne") :].replace("\\\n", " ").splitlines()[0]
    words = shlex.split(command)
    options = words[words.index("--websocket_timeout") : words.index("config.asgi:application")]
    assert options == OPTIONS
    assert words[words.index("--endpoint") + 1].rpartition(":")[2] == f"backlog={BACKLOG}"


def test_servers_have_the_environment_that_bin_dev_gives_them():
    script = (ROOT / "bin" / "dev").read_text()
    assert dict(re.findall(r"^export (\w+)=\$\{\1:-(\S*)\}$", script, re.MULTILINE)) == ENVIRONMENT


def test_words_are_read_from_a_page_as_they_stand_between_its_tags():
    assert words_in('<p class="card"> One list </p><p>Tea<br>now</p>') == ["", "One list", "", "Tea", "now", ""]
