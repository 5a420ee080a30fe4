"""Reads of dispatch."""

from nuantu.dispatch.selectors.board import Figure as BoardFigure
from nuantu.dispatch.selectors.board import register_waiting
from nuantu.dispatch.selectors.contact import contact_url, register_contact_page
from nuantu.dispatch.selectors.duties import ARRIVE, DECIDE, arrivals, open_arrival
from nuantu.dispatch.selectors.layers import map_layers
from nuantu.dispatch.selectors.receipts import receipt_view, tip_of_receipt
from nuantu.dispatch.selectors.runs import reported_at, run_label, run_list, run_url, runs_of
from nuantu.dispatch.selectors.tips import TipFilter, tip_label, tip_list, tip_url

__all__ = [
    "ARRIVE",
    "DECIDE",
    "BoardFigure",
    "TipFilter",
    "arrivals",
    "contact_url",
    "map_layers",
    "open_arrival",
    "receipt_view",
    "register_contact_page",
    "register_waiting",
    "reported_at",
    "run_label",
    "run_list",
    "run_url",
    "runs_of",
    "tip_label",
    "tip_list",
    "tip_of_receipt",
    "tip_url",
]
