"""Stays: what happens in a relief station, from the door to the right way out.

Words: Zone, Room, Bed (where people sleep, by sex, age and health), Reception (one person at the
door, until it is decided), Stay (one person in one station), BedStay (who has which bed, from when
to when), absence, belonging (what was handed in), inquiry (what police or another body was asked),
extension (why longer than the term), Leaving (how a stay ended, with its checks), SafetyCheck and Hazard (what is looked at in the house
and what is not in order until it is mended), Inspection (authorities that look), KitchenMeal and
FoodSample (what was served and kept of it). Not here: who the
person is (persons), how he was met (encounters), the hand-over itself (operations).
"""
