"""Addresses of dispatch."""

from django.urls import path

from nuantu.dispatch.views import boards, buttons, desk, finds, ordered, phone, public, report, tips
from nuantu.dispatch.views.deeds import page

app_name = "dispatch"

_public = [
    path("help/", public.front, name="front"),
    path("report/", report.report, name="report"),
    path("report/all/", report.whole, name="report_whole"),
    path("report/<slug:step>/", report.report, name="report_step"),
    path("receipt/", public.look_up, name="look_up"),
    path("r/<slug:code>/", public.receipt, name="receipt"),
    path("r/<slug:code>/picture.svg", public.receipt_picture, name="receipt_picture"),
    path("r/<slug:code>/still-there/", public.still_there, name="still_there"),
    path("r/<slug:code>/photo/", public.receipt_photo, name="receipt_photo"),
]
_pages = [
    path("dispatch/", boards.board, name="board"),
    path("dispatch/tips/<uuid:public_id>/", boards.panel, name="panel"),
    path("desk/", desk.desk, name="desk"),
    path("desk/open/", desk.open_tips, name="desk_open"),
    path("desk/alike/", desk.alike, name="desk_alike"),
    path("phone/", phone.phone, name="phone"),
    path("tips/", tips.register, name="tips"),
    path("tips/of-find/<uuid:public_id>/", finds.take, name="tip_of_find"),
    path("tips/export/", tips.export, name="tips_export"),
    path("tips/<uuid:public_id>/", tips.tip, name="tip"),
    path("tips/<uuid:public_id>/reporter/", tips.reporter, name="reporter"),
    path("order/<uuid:public_id>/", ordered.order, name="order"),
    path("photos/<uuid:public_id>/", tips.photo, name="photo"),
]
_tip = "tips/<uuid:public_id>/"
_run = "runs/<uuid:public_id>/"
_notice = "notices/<uuid:public_id>/"
_link = "links/<uuid:public_id>/"
_buttons = [
    path(f"{_tip}close/", page(buttons.CLOSE), name="tip_close"),
    path(f"{_tip}reopen/", page(buttons.REOPEN), name="tip_reopen"),
    path(f"{_tip}urgent/", page(buttons.URGENT), name="tip_urgent"),
    path(f"{_tip}mark/", page(buttons.MARK), name="tip_mark"),
    path(f"{_tip}replied/", page(buttons.REPLIED), name="tip_replied"),
    path(f"{_tip}explain/", page(buttons.EXPLAIN), name="tip_explain"),
    path(f"{_tip}assign/", page(buttons.ASSIGN), name="tip_assign"),
    path(f"{_tip}guide/", page(buttons.GUIDE), name="tip_guide"),
    path(f"{_notice}told/", page(buttons.TOLD), name="notice_told"),
    path(f"{_notice}skip/", page(buttons.SKIP), name="notice_skip"),
    path("order/<uuid:public_id>/told/", page(ordered.TELL), name="order_told"),
    path("order/<uuid:public_id>/left-out/", page(ordered.LEAVE_OUT), name="order_left_out"),
    path("order/<uuid:public_id>/answer/", page(ordered.ANSWER), name="order_answer"),
    path("guidances/<uuid:public_id>/answer/", page(buttons.ANSWERED), name="guidance_answer"),
    path(f"{_link}same/", page(buttons.SAME), name="link_same"),
    path(f"{_link}different/", page(buttons.DIFFERENT), name="link_different"),
    path(f"{_link}separate/", page(buttons.SEPARATE), name="link_separate"),
    path(f"{_run}accept/", page(buttons.ACCEPT), name="run_accept"),
    path(f"{_run}depart/", page(buttons.DEPART), name="run_depart"),
    path(f"{_run}arrive/", page(buttons.ARRIVE), name="run_arrive"),
    path(f"{_run}check-in/", page(buttons.CHECK_IN), name="run_check_in"),
    path(f"{_run}not-found/", page(buttons.NOT_FOUND), name="run_not_found"),
    path(f"{_run}decline/", page(buttons.DECLINE), name="run_decline"),
    path(f"{_run}finish/", page(buttons.FINISH), name="run_finish"),
    path(f"{_run}recall/", page(buttons.RECALL), name="run_recall"),
    path(f"{_run}undo/", page(buttons.UNDO), name="run_undo"),
]
urlpatterns = [*_public, *_pages, *_buttons]
