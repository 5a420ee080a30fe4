"""What must hold on every page, read from its HTML: a small check in the manner of axe."""

import itertools
import re
from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = frozenset({"input", "img", "br", "hr", "meta", "link", "use", "rect", "path", "polyline"})
NAMED_BY_TEXT = frozenset({"a", "button", "summary", "h1", "h2", "h3", "label", "legend", "option"})
FIELDS = frozenset({"input", "select", "textarea"})
UNNAMED_TYPES = frozenset({"hidden", "submit", "button"})


@dataclass(eq=False)
class Element:
    """A tag with its attributes, its text and the tags around it."""

    tag: str
    attributes: dict[str, str]
    around: tuple["Element", ...]
    text: str = ""
    images: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        words = " ".join(f'{k}="{v}"' for k, v in self.attributes.items() if k != "class")
        return f"<{self.tag} {words}>{self.text.strip()[:40]}"


class Reader(HTMLParser):
    """Flattens a page into elements that know their ancestors."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[Element] = []
        self.open: list[Element] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        element = Element(tag, attributes, tuple(self.open))
        self.elements.append(element)
        spoken = attributes.get("aria-label") or attributes.get("alt", "")
        for outer in self.open:
            outer.text += f" {spoken}" if spoken else ""
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        while self.open and tag not in VOID:
            if self.open.pop().tag == tag:
                break

    def handle_data(self, data: str) -> None:
        for outer in self.open:
            outer.text += data


def elements_of(html: str) -> list[Element]:
    """Every element of the page in order; what lies in a `template` is none until it is drawn."""
    reader = Reader()
    reader.feed(html)
    return [item for item in reader.elements if not _is_within(item, "template")]


def _is_within(item: Element, tag: str) -> bool:
    return any(outer.tag == tag for outer in item.around)


def faults(html: str) -> list[str]:
    """What is wrong with the page or piece of one; empty when it may be shown to everybody."""
    elements = elements_of(html)
    if "<html" not in html:
        return [*_label_faults(elements), *_name_faults(elements), *_policy_faults(elements)]
    return [
        *_frame_faults(html, elements),
        *_label_faults(elements),
        *_name_faults(elements),
        *_reference_faults(elements),
        *_policy_faults(elements),
    ]


def _frame_faults(html: str, elements: list[Element]) -> list[str]:
    found = []
    for tag, wanted in (("h1", 1), ("main", 1), ("title", 1)):
        seen = sum(1 for item in elements if item.tag == tag and not _is_within(item, "svg"))
        if seen != wanted:
            found.append(f"{seen} {tag} instead of {wanted}")
    if not re.search(r"<html lang=\"(zh-CN|en)\"", html):
        found.append("the page does not say its language")
    titles = [item.text.split("·")[0].strip() for item in elements if item.tag == "title"]
    if titles and not titles[0]:
        found.append("the page has no title of its own")
    levels = [int(item.tag[1]) for item in elements if re.fullmatch("h[1-4]", item.tag)]
    found += [
        f"a heading jumps from {a} to {b}" for a, b in itertools.pairwise(levels) if b > a + 1
    ]
    return found


def _label_faults(elements: list[Element]) -> list[str]:
    labelled = {item.attributes.get("for") for item in elements if item.tag == "label"}
    found = []
    for item in elements:
        if item.tag not in FIELDS or item.attributes.get("type") in UNNAMED_TYPES:
            continue
        is_named = (
            item.attributes.get("id") in labelled
            or {"aria-label", "aria-labelledby"} & item.attributes.keys()
            or any(outer.tag == "label" for outer in item.around)
        )
        if not is_named:
            found.append(f"no label: {item}")
    return found


def _name_faults(elements: list[Element]) -> list[str]:
    found = []
    for item in elements:
        if (
            item.tag in NAMED_BY_TEXT
            and not (item.text.strip() or item.attributes.get("aria-label"))
            and item.tag != "option"
        ):
            found.append(f"no name: {item}")
        if item.tag == "img" and "alt" not in item.attributes:
            found.append(f"no alt: {item}")
        if item.tag == "nav" and not {"aria-label", "aria-labelledby"} & item.attributes.keys():
            found.append(f"no name: {item}")
        if item.tag == "th" and not item.text.strip():
            found.append("an empty table heading")
        if item.tag == "table" and not any(
            one.tag == "caption" and one.around[-1:] == (item,) and one.text.strip()
            for one in elements
        ):
            found.append(f"a table without a caption: {item}")
    return found


def _reference_faults(elements: list[Element]) -> list[str]:
    ids = [item.attributes["id"] for item in elements if "id" in item.attributes]
    found = [
        f"the id {one} stands twice" for one, times in sorted(Counter(ids).items()) if times > 1
    ]
    for item in elements:
        for name in ("for", "aria-describedby", "aria-labelledby", "aria-controls", "form"):
            targets = item.attributes.get(name, "").split()
            found += [f"{name} leads nowhere: {item}" for one in targets if one not in ids]
        if item.tag == "a" and any(outer.tag in {"a", "button"} for outer in item.around):
            found.append(f"a link inside a link: {item}")
    return found


def _policy_faults(elements: list[Element]) -> list[str]:
    found = []
    for item in elements:
        if "style" in item.attributes or item.tag == "style":
            found.append(f"inline style: {item}")
        if any(name.startswith(("on", "hx-on")) for name in item.attributes):
            found.append(f"inline script: {item}")
        if item.tag == "script" and (not item.attributes.get("src") or item.text.strip()):
            found.append("inline script")
        source = item.attributes.get("src") or (
            item.attributes.get("href", "") if item.tag == "link" else ""
        )
        if source.startswith(("http:", "https:", "//")):
            found.append(f"from elsewhere: {source}")
        if item.tag == "form" and item.attributes.get("method", "").lower() == "post":
            inside = [one for one in elements if item in one.around]
            if not any(one.attributes.get("name") == "csrfmiddlewaretoken" for one in inside):
                found.append(f"a form without its token: {item}")
    return found
