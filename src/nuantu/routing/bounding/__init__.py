"""A proven upper bound by column generation: what no set of routes can pass together.

The nights are folded into odd and even ones. A location may be visited so often on either kind as
some set of its nights allows, a shift drives at most one route, and a route is any walk on a grid
of minutes that never returns to a place at once. Each of these lets more through than a real
week does, so the best mixture of walks is a bound for every plan. The mixture is a linear programme
over routes that are made when its prices ask for them (Lübbecke and Desrosiers 2005, prices smoothed
as by Wentges 1997), and every round of prices gives a valid bound by itself.
"""

from nuantu.routing.bounding.proof import MOST_PLACES, Round, tight_bound
from nuantu.routing.bounding.zones import zone_bound

__all__ = ["MOST_PLACES", "Round", "tight_bound", "zone_bound"]
