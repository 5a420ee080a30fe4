"""
Which rows of any table are of one person or thing: Latin script, no labels, no blanks filled in.

    table = Table.of({"name": ["Ann Lee", "Anne Lee"], "born": ["1901-02-03", "1901-03-02"]},
                     (Column("name", "name"), Column("born", "date")))
    clusters_of(table)

Words: a *level* (how well two values agree), a *pair* (two rows worth comparing), a *cluster* (rows taken for one).
"""
