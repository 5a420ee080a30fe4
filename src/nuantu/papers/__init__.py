"""Statutory forms: the templates that offices fill, and the numbered papers made from them.

Words: a *paper* (文书) is one numbered form about a case; it is issued (出具) and, when the facts change,
issued again as a new *version*. A *paper template* (文书模板) is a Word file with placeholders. A *paper kind*
(文书种类) names the fields a template may use; a package above gives the kind its *feed*, which
reads the facts. This package does not know people or stays: it holds what a feed told it.
"""
