"""Names by sound: found by pinyin or its first letters, sorted by sound."""

from collections.abc import Iterable

from nuantu.planbook.sounding import sounds_of


def _syllables(text: str) -> list[str]:
    return [part for part in sounds_of(text) if part.strip()]


def sound_of(text: str) -> str:
    """`zhangsan` for 张三; letters of other scripts stay, in lower case."""
    return "".join(_syllables(text)).lower().replace(" ", "")


def initials_of(text: str) -> str:
    """`zs` for 张三."""
    return "".join(part[0] for part in _syllables(text)).lower()


def sort_key(text: str) -> str:
    """Sorts names by sound, those that sound alike by their characters."""
    return f"{' '.join(_syllables(text)).lower()} {text}"[:160]


def search_text(words: Iterable[str]) -> str:
    """Everything a person can be found by in one line: the words, their sound, their initials."""
    kept = list(dict.fromkeys(word.strip() for word in words if word.strip()))
    parts = [*kept, *(sound_of(word) for word in kept), *(initials_of(word) for word in kept)]
    return " ".join(dict.fromkeys(part.lower() for part in parts))
