"""The field's solvers on weeks of patrols, each in the formulation that did best for it.

None of them is needed by Nuantu. `requirements-peers.lock` installs them; what is absent is left out.
"""
