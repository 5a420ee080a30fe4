"""The team's phone without signal, and the inbox that takes in what it sends later.

Words: *device* (外勤手机), a phone that a team member enrolled; *bundle* (任务包), what it may carry
of one shift; *command* (外勤指令), one thing somebody did on it, with an id made on the phone;
*review card* (待核卡), a command that could not be taken over as it came. A command is kept first
and applied afterwards, by the same services as the pages online; nothing that came is dropped. The
rules of the deeds themselves lie in `patrols`, `dispatch` and `encounters`.
"""
