"""Addresses of homeward."""

from django.urls import path

from nuantu.homeward.views import (
    alarms,
    contact_sheets,
    contacts,
    figures,
    ledger,
    returns,
    settling,
    station_letters,
    stock,
    telling,
    tickets,
    wearers,
)

app_name = "homeward"
_wearer = "wearers/<uuid:public_id>/"
_band = "wristbands/<uuid:public_id>/"
_entry = "ledger/<uuid:public_id>/"
_ledger = [
    path("ledger/", ledger.ledger, name="ledger"),
    path("ledger/export/", ledger.export, name="ledger_export"),
    path("ledger/new/", ledger.new, name="ledger_new"),
    path("ledger/alerts/", ledger.alerts, name="ledger_alerts"),
    path("ledger/alerts/<uuid:public_id>/", ledger.alert, name="alert"),
    path("ledger/help/<uuid:public_id>/", ledger.step, name="step"),
    path(_entry, ledger.entry, name="entry"),
    path(f"{_entry}assess/", ledger.assess, name="assess"),
    path(f"{_entry}visit/", ledger.visit, name="visit"),
    path(f"{_entry}keeper/", ledger.keeper, name="keeper"),
    path(f"{_entry}help/", ledger.aid, name="aid"),
    path(f"{_entry}offer/", ledger.offer, name="offer"),
    path(f"{_entry}end/", ledger.end_entry, name="end_entry"),
]
_settlement = "settlements/<uuid:public_id>/"
_settlements = [
    path("settlements/", settling.settlements, name="settlements"),
    path("settlements/export/", settling.export, name="settlement_export"),
    path("settlements/new/<uuid:public_id>/", settling.settle, name="settle"),
    path(_settlement, settling.settlement, name="settlement"),
    path(f"{_settlement}step/", settling.take_step, name="settlement_step"),
    path(f"{_settlement}application/", settling.application, name="settlement_application"),
    path(f"{_settlement}halt/", settling.halt, name="settlement_halt"),
    path(f"{_settlement}go-on/", settling.go_on, name="settlement_go_on"),
    path(f"{_settlement}end/", settling.end_settlement, name="settlement_end"),
]
_contacts = [
    path("returns/stations/", contacts.book, name="contacts"),
    path("returns/stations/export/", contacts.export, name="contact_export"),
    path("returns/stations/new/", contacts.new, name="contact_new"),
    path("returns/stations/import/", contact_sheets.choose, name="contact_import"),
    path("returns/stations/import/template/", contact_sheets.template, name="contact_template"),
    path("returns/stations/import/confirm/", contact_sheets.confirm, name="contact_confirm"),
    path("returns/stations/import/unmended/", contact_sheets.unmended, name="contact_unmended"),
    path("returns/stations/<uuid:public_id>/", contacts.contact, name="contact"),
    path("returns/stations/<uuid:public_id>/close/", contacts.close, name="contact_close"),
]
urlpatterns = [
    path("wearers/", wearers.wearers, name="wearers"),
    path("wearers/export/", wearers.export, name="export"),
    path("wearers/map/", wearers.chart, name="map"),
    path("wearers/map/view/", wearers.view, name="view"),
    path("wearers/new/", wearers.new, name="new"),
    path("wearers/alarms/", alarms.alarms, name="alarms"),
    path("wearers/alarms/<uuid:public_id>/", alarms.answer, name="answer"),
    path("wearers/alarms/<uuid:public_id>/send/", alarms.send, name="send"),
    path("wearers/fences/<uuid:public_id>/end/", wearers.end_fence, name="end_fence"),
    path("wearers/consents/<uuid:public_id>/", wearers.consent_paper, name="consent_paper"),
    path("wearers/proofs/", stock.proofs, name="proofs"),
    path("wearers/proofs/<uuid:public_id>/", stock.certificate, name="certificate"),
    path(_wearer, wearers.wearer, name="wearer"),
    path(f"{_wearer}ways/", wearers.ways, name="ways"),
    path(f"{_wearer}track/", wearers.track, name="track"),
    path(f"{_wearer}thresholds/", wearers.thresholds, name="thresholds"),
    path(f"{_wearer}consent/", wearers.consent, name="consent"),
    path(f"{_wearer}bar/", wearers.bar, name="bar"),
    path(f"{_wearer}withdraw/<slug:purpose>/", wearers.withdraw, name="withdraw"),
    path(f"{_wearer}fence/", wearers.fence, name="fence"),
    path(f"{_wearer}hand/", stock.hand, name="hand"),
    path(f"{_wearer}take-back/", stock.take_back, name="take_back"),
    path(f"{_wearer}end/", wearers.end, name="end"),
    path("returns/", returns.plans, name="returns"),
    path("returns/export/", returns.export, name="return_export"),
    path("returns/new/", returns.new, name="return_new"),
    path("returns/tickets/", tickets.tickets, name="tickets"),
    path("returns/tickets/export/", tickets.export, name="ticket_export"),
    path("returns/<uuid:public_id>/", returns.plan, name="return"),
    path("returns/<uuid:public_id>/open/", returns.open_plan, name="return_open"),
    path("returns/<uuid:public_id>/copy/", returns.copy, name="return_copy"),
    path("returns/<uuid:public_id>/letter/", station_letters.ask, name="return_letter"),
    path("returns/<uuid:public_id>/<slug:deed>/", returns.deed, name="return_deed"),
    path("wristbands/", stock.stock, name="stock"),
    path("wristbands/new/", stock.add_band, name="add_band"),
    path(f"{_band}token/", stock.renew_band, name="renew_band"),
    path(f"{_band}stock/", stock.set_stock, name="set_stock"),
    path("wristbands/gateways/new/", stock.add_gateway, name="add_gateway"),
    path(
        "wristbands/gateways/<uuid:public_id>/revoke/", stock.revoke_gateway, name="revoke_gateway"
    ),
    path("wristbands/tell/osmand/", telling.osmand, name="osmand"),
    path("wristbands/tell/traccar/", telling.traccar, name="traccar"),
    path("way-home/figures/", figures.page, name="figures"),
    path("way-home/figures/export/", figures.export, name="figures_export"),
    path("way-home/figures/from/<slug:code>/", figures.flow_rows, name="flow_rows"),
    path("way-home/figures/<slug:code>/", figures.rows, name="figure_rows"),
    *_ledger,
    *_settlements,
    *_contacts,
]
