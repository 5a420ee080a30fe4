"""Working with one person for longer than a night: plan, sessions, risks, on the street as in the station.

Words: a *case plan* (个案计划) is what a social worker and the person agreed to reach, with its *goals* (目标), its
*team* (服务小组), who *supports* him (支持人) and its *sessions* (会谈), whose *sealed notes* (密封记录) only the worker
and the stand-in read. A *risk mark* (风险标记) says that life or safety is at stake; two people lift it. A *safety
plan* (安全计划) says what helps. What is known of a person lies in persons, the nights in stays.
"""
