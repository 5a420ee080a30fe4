"""Weather warnings in, an operating level per division out.

A *message* is one warning as issued (CAP 1.2, the 12379 form, JSON of a provider, plain Chinese
text), kept raw for ever. An *episode* is what messages of one issuer about one event say for one
county, until it is lifted, ends, or a person confirms its end. The strictest episode in force
decides the operating level that `operations` is asked to set. What a level means (patrols, stock,
relief points) is the plan's business, not ours.
"""
