"""
Matching: who of the missing a person may be. Pure: no Django, no clock, no database.

    from nuantu.linkage.index import Index
    Index(registry).search(Found(surname="倪", given="南英", places=("怀化",)))

Words: a *registry* (missing-person reports as columns), a *found person* (what is known of somebody who
cannot say who he is), a *fragment* (a piece of a place name, of unknown level), a *score* (the sum of what
each field says, in nats), a *posterior* (that a record is the person, among all records and nobody),
*parameters* (what is believed about errors: first guesses until confirmed matches teach better ones).
Nobody is identified here: a score is a reason to look, two people decide elsewhere.
"""
