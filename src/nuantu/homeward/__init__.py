"""After the way home: not losing somebody again.

Words: a *wearer* (佩戴人) has a *wristband* (手环) that tells *fixes* (定位点) by itself or through a *gateway* (网关).
Each use of them rests on a *consent* (同意) with its end; a *barred giver* (不能代为同意的人) can not give one.
*Fences* (围栏) say where he should be; what needs a human is an *alarm* (告警), one for each event. A *track* (轨迹) is readable until its *term* (保存期) and never after it:
its *track key* (轨迹密钥) lies outside the database and outside every backup.
"""
