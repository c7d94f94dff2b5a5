"""Lists of words kept as data, so that anybody can add one."""

from pathlib import Path

import yaml


def word_lists(path: Path) -> dict[str, frozenset[str]]:
    """Reads a YAML file of lists: name -> words apart by spaces. Every word is folded to lower case."""
    lists = yaml.safe_load(path.read_text(encoding="utf-8"))
    return {name: frozenset(words.casefold().split()) for name, words in lists.items()}
