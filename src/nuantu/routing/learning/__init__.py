"""Expected encounters by place and hour from past patrols, with honest intervals.

learnt = learn(stops, kinds={"L1": "bridge"}, blocks=12)
table = learnt.table("cold")        # mean, interval and exploration for every place and hour
"""

from nuantu.routing.learning.posterior import Learnt, RateTable, learn
from nuantu.routing.learning.stops import LearnParams, PastStop

__all__ = ["LearnParams", "Learnt", "PastStop", "RateTable", "learn"]
