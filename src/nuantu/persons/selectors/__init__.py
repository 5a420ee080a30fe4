"""Reads about people and their cases."""

from nuantu.persons.selectors.cards import Card, age_words, card_of, cards_of, label_of, marks_of
from nuantu.persons.selectors.cases import case_shown, cases_of, open_case_of
from nuantu.persons.selectors.facts import FactGroup, FactRow, classes_shown, facts
from nuantu.persons.selectors.looks import Opened, opened_by
from nuantu.persons.selectors.rulings import age_lines, mode_rules
from nuantu.persons.selectors.same import likely_same, links_of, same_human
from nuantu.persons.selectors.search import Filters, people
from nuantu.persons.selectors.timelines import Line, timeline

__all__ = [
    "Card",
    "FactGroup",
    "FactRow",
    "Filters",
    "Line",
    "Opened",
    "age_lines",
    "age_words",
    "card_of",
    "cards_of",
    "case_shown",
    "cases_of",
    "classes_shown",
    "facts",
    "label_of",
    "likely_same",
    "links_of",
    "marks_of",
    "mode_rules",
    "open_case_of",
    "opened_by",
    "people",
    "same_human",
    "timeline",
]
