"""Advice on wording, never a block: the writer decides. All functions take text and give `Check`s or counted phrases.

purpose      a purpose draft or a merged version      domain.md 3.11
behaviours   "we will" and "we will not" lines        domain.md 3.12
commitments  "I will ... by ..."                      domain.md 3.16
phrases      key words, counted and never reworded    domain.md 3.21
"""

from workshops.wording.checks import Check, advice

__all__ = ["Check", "advice"]
