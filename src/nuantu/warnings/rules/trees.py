"""XML and JSON bodies as one kind of tree, so that one reader serves every structured form.

XML from outside is hostile until shown otherwise: document types, entities and external references
are refused, depth and number of elements are bounded.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from nuantu.warnings.rules.message import Unreadable, Why

MAX_DEPTH = 60
MAX_NODES = 200_000
_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")
_KEY = re.compile(r"[^0-9a-z\u4e00-\u9fff]")
_CAP_NAMESPACE = "urn:oasis:names:tc:emergency:cap"


@dataclass(slots=True)
class Tree:
    """A node: its name, its own text, its children by key in order of appearance.

    Keys are lower-case without namespace, prefix and punctuation, so that `sender_name`,
    `cap:senderName` and `SENDERNAME` are one.
    """

    name: str = ""
    text: str = ""
    namespace: str = ""
    children: dict[str, list["Tree"]] = field(default_factory=dict)

    def nodes(self, *keys: str) -> list["Tree"]:
        """Children under any of the keys, in the order of the keys."""
        return [child for key in keys for child in self.children.get(key, [])]

    def first(self, *keys: str) -> str:
        """The first non-empty text under the keys, in the order of the keys."""
        return next((node.text for node in self.nodes(*keys) if node.text), "")

    def all(self, *keys: str) -> list[str]:
        """Every non-empty text under the keys."""
        return [node.text for node in self.nodes(*keys) if node.text]

    def walk(self) -> Iterator["Tree"]:
        """This node and all below it, parents first."""
        waiting = [self]
        while waiting:
            node = waiting.pop()
            yield node
            below = [child for group in node.children.values() for child in group]
            waiting.extend(reversed(below))


def key_of(name: str) -> str:
    """The key of a field name."""
    return _KEY.sub("", name.rsplit("}", 1)[-1].rsplit(":", 1)[-1].lower())


def xml_tree(text: str) -> Tree:
    """The tree of an XML text. Raises Unreadable with line and column of the break."""
    plain = _DECLARATION.sub("", text, count=1).strip()
    try:
        root = fromstring(plain, forbid_dtd=False, forbid_entities=True, forbid_external=True)
    except DefusedXmlException as error:
        raise Unreadable(Why.XML_ENTITIES, type(error).__name__) from error
    except ParseError as error:
        if re.search(r"<(?:!doctype\s+)?html[\s>]", plain[:2000], re.IGNORECASE):
            raise Unreadable(Why.HTML_PAGE) from error
        line, column = error.position
        raise Unreadable(Why.XML_BROKEN, f"{line}:{column}") from error
    except (RecursionError, ValueError) as error:
        raise Unreadable(Why.TOO_DEEP) from error
    tree = _from_element(root)
    if tree.name == "html":
        raise Unreadable(Why.HTML_PAGE)
    return tree


def _from_element(root: Element) -> Tree:
    top = _element(root)
    waiting = [(root, top, 1)]
    count = 1
    while waiting:
        element, node, depth = waiting.pop()
        count += len(element)
        if depth > MAX_DEPTH or count > MAX_NODES:
            raise Unreadable(Why.TOO_DEEP)
        for child in element:
            below = _element(child)
            node.children.setdefault(below.name, []).append(below)
            waiting.append((child, below, depth + 1))
    return top


def _element(element: Element) -> Tree:
    namespace, _, _ = element.tag.rpartition("}")
    parts = [element.text or "", *(child.tail or "" for child in element)]
    return Tree(
        name=key_of(element.tag),
        text="".join(parts).strip(),
        namespace=namespace.lstrip("{"),
    )


def is_cap(tree: Tree) -> bool:
    """Whether a node is in a CAP namespace."""
    return tree.namespace.startswith(_CAP_NAMESPACE)


def json_tree(text: str) -> Tree:
    """The tree of a JSON text; a list becomes children `item`. Raises Unreadable."""
    try:
        value = json.loads(text, parse_int=str, parse_float=str, parse_constant=lambda _: None)
    except json.JSONDecodeError as error:
        raise Unreadable(Why.JSON_BROKEN, f"{error.lineno}:{error.colno}") from error
    except (RecursionError, ValueError) as error:
        raise Unreadable(Why.TOO_DEEP) from error
    counter = [0]
    return _from_value("", value, 1, counter)


def _from_value(name: str, value: object, depth: int, counter: list[int]) -> Tree:
    counter[0] += 1
    if depth > MAX_DEPTH or counter[0] > MAX_NODES:
        raise Unreadable(Why.TOO_DEEP)
    node = Tree(name=name)
    if isinstance(value, dict):
        for key, below in value.items():
            child_name = key_of(str(key))
            for item in below if isinstance(below, list) else [below]:
                child = _from_value(child_name, item, depth + 1, counter)
                node.children.setdefault(child_name, []).append(child)
    elif isinstance(value, list):
        node.children["item"] = [_from_value("item", v, depth + 1, counter) for v in value]
    elif value is not None and not isinstance(value, bool):
        node.text = str(value).strip()
    return node
