"""Where things are: key locations, stations, hospitals, relief points, coordinates, address words.

Words: a *key location* (重点区域) is patrolled first; a *station* (救助管理站) takes people in;
a *relief point* (临时救助点, 引导点, 避寒场所) gives first help near where people are.
Coordinates are WGS-84 everywhere inside; other datums are converted at the edge and labelled.
This package does not know tips, teams or routes: they are shown on its map by registered layers.
"""
