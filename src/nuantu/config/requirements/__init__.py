"""The requirements of the field, and what this code does about each of them.

`catalogue.yaml` names the 474 rules that the 18 plans contain, `enforced.yaml` says where in the
code a rule is held. The status of a rule is computed, never written down: a rule is *enforced*
when code holds it and a test proves it, *recorded* when a plan file carries it as a value, otherwise
*later*, in the package that its capabilities name. A sentence in a plan file is no value.
"""
