"""An optional language model that proposes facts of a plan document; off unless its address is set.

Any endpoint that speaks the OpenAI chat protocol will do, on this machine or in the house. It gets
the text of the plan document and what the rules found, never a row of the database. What it says is
marked as proposed, counts only with words that stand in the document, and nothing waits for it.
"""

import json
import logging
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import requests
from django.conf import settings

from nuantu.planbook.reading import Proposal, Proposer

TEXT_LIMIT = 60_000  # characters of the document that are sent
SECONDS = 60
ASK = """你在帮助核对一份救助行动方案。下面给出方案原文，以及程序已经找到的事实（JSON）。
只补充程序漏掉的事实，每条事实必须能用原文的一句话证明。只输出 JSON 数组，每个元素为
{"path": 键名, "value": 值, "quote": 原文逐字摘录}；没有就输出 []。键名只能是：
operation_type issuer doc_number doc_date lead_group phases patrol_frequency response_minutes
reporting amounts hotline areas。"""

_log = logging.getLogger(__name__)


def configured() -> Proposer | None:
    """The proposer of this installation, or None when no address is set."""
    return propose if settings.NUANTU_MODEL_URL else None


def propose(text: str, facts: Mapping[str, Any]) -> Iterable[Proposal]:
    """What the model proposes; nothing when it cannot be reached or talks nonsense."""
    try:
        answer = requests.post(
            f"{settings.NUANTU_MODEL_URL}/chat/completions",
            json=_question(text, facts),
            headers=_headers(),
            timeout=SECONDS,
            allow_redirects=False,
        )
        answer.raise_for_status()
        said = answer.json()["choices"][0]["message"]["content"]
        return tuple(_proposals(said))
    except (requests.RequestException, ValueError, LookupError, TypeError) as problem:
        _log.warning("no proposals for a plan document: %s", type(problem).__name__)
        return ()


def _question(text: str, facts: Mapping[str, Any]) -> dict[str, Any]:
    known = json.dumps(dict(facts), ensure_ascii=False, default=str)
    return {
        "model": settings.NUANTU_MODEL_NAME,
        "temperature": 0,
        "messages": [
            {"role": "system", "content": ASK},
            {"role": "user", "content": f"原文：\n{text[:TEXT_LIMIT]}\n\n已找到的事实：\n{known}"},
        ],
    }


def _headers() -> dict[str, str]:
    key = settings.NUANTU_MODEL_KEY
    return {"Authorization": f"Bearer {key}"} if key else {}


def _proposals(said: str) -> Iterator[Proposal]:
    """The entries of the first JSON array of the answer that have the three keys as they should."""
    start, end = said.find("["), said.rfind("]")
    for row in json.loads(said[start : end + 1]) if 0 <= start < end else ():
        if isinstance(row, dict) and {"path", "value", "quote"} <= set(row):
            yield Proposal(str(row["path"]), row["value"], str(row["quote"]))
