"""Finding out who somebody is and finding his family: the tracing desk.

Words: a *missing-person report* (寻人登记) is what a family, the police or another station told of somebody they miss;
the *searcher* (寻亲人) is who searches and gives *consent* (同意) for purposes until a day. A *report import*
(导入) brings reports from a file, row by row, with a *finding* (问题) for everything in a row that must be looked at.
A report knows nobody of the station: whoever matches it to a resident comes above.
"""
