from django.urls import path

from cunlian.desk.consent import circumstances, consents, looks, papers, person, purposes, requests

urlpatterns = [
    path("people/<uuid:pk>/data/", person.sheet, name="person_data"),
    path("people/<uuid:pk>/data/show/", person.show, name="person_data_show"),
    path("people/<uuid:pk>/data/ask/", person.ask, name="person_data_ask"),
    path("people/<uuid:pk>/consent/", person.agree, name="person_consent"),
    path("people/<uuid:pk>/circumstance/", person.note, name="person_circumstance"),
    path("looks/", looks.page, name="looks"),
    path("consents/", consents.page, name="consents"),
    path("consents/<uuid:pk>/withdraw/", person.take_back, name="consent_withdraw"),
    path("consents/<uuid:pk>/form/", person.form_file, name="consent_form"),
    path("circumstances/", circumstances.page, name="circumstances"),
    path("circumstances/<uuid:pk>/look/", circumstances.look, name="circumstance_look"),
    path("circumstances/<uuid:pk>/end/", circumstances.end, name="circumstance_end"),
    path("data-requests/", requests.page, name="data_requests"),
    path("data-requests/<uuid:pk>/", requests.detail, name="data_request"),
    path("data-requests/<uuid:pk>/<str:move>/", requests.settle, name="data_request_settle"),
    path("purposes/", purposes.page, name="purposes"),
    path("purposes/<str:code>/forms/", papers.print_blank, name="consent_print"),
    path("consents/forms/<str:number>/", papers.paper, name="consent_paper"),
    path("purposes/<str:code>/text/", purposes.new_text, name="purpose_text"),
    path("purposes/<str:code>/viewer/", purposes.new_viewer, name="purpose_viewer"),
    path("viewers/<uuid:pk>/end/", purposes.close_viewer, name="viewer_end"),
]
