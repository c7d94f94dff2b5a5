"""What a log may say: never a one-time link, never the address of a screen."""

import logging
import re

TOKENS = re.compile(r"/(sign-in|screen)/[^/\s?]+")


class WithoutTokens(logging.Filter):
    """Masks the tokens in addresses, wherever in a message they stand."""

    def filter(self, record: logging.LogRecord) -> bool:
        said = record.getMessage()
        masked = TOKENS.sub(r"/\1/…", said)
        if masked != said:
            record.msg, record.args = masked, ()
        return True
