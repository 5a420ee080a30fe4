"""The requirements of the field, and what this code does about each of them.

`catalogue.yaml` names the 474 rules that the 18 plans contain, `enforced.yaml` says where in the
code a rule is held. The status of a rule is computed, never written down: a rule is *enforced*
when code holds it and a test proves it, *recorded* when only a plan file carries it, otherwise
*later*.
"""
