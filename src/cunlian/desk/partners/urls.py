"""Addresses of partners."""

from django.urls import path

from cunlian.desk.partners import agreements, applications, calls, exchange

urlpatterns = [
    path("partners/", calls.call_list, name="partner_calls"),
    path("partners/new/", calls.new, name="partner_call_new"),
    path("partners/applications/", applications.application_list, name="partner_applications"),
    path("partners/applications/<uuid:pk>/", applications.detail, name="partner_application"),
    path("partners/applications/<uuid:pk>/slip/", applications.slip, name="partner_application_slip"),
    path("partners/applications/<uuid:pk>/reveal/", applications.reveal, name="partner_application_reveal"),
    path("partners/applications/<uuid:pk>/move/<str:name>/", applications.move, name="partner_application_move"),
    path("partners/agreements/", agreements.agreement_list, name="partnerships"),
    path("partners/agreements/<uuid:pk>/", agreements.detail, name="partnership"),
    path("partners/agreements/<uuid:pk>/move/<str:name>/", agreements.move, name="partnership_move"),
    path("partners/results/", exchange.result_list, name="results"),
    path("partners/results/new/", exchange.new_result, name="result_new"),
    path("partners/results/<uuid:pk>/outcome/", exchange.result_outcome, name="result_outcome"),
    path("partners/bases/", exchange.base_list, name="bases"),
    path("partners/bases/new/", exchange.new_base, name="base_new"),
    path("partners/bases/<uuid:pk>/end/", exchange.end_base, name="base_end"),
    path("partners/<uuid:pk>/", calls.detail, name="partner_call"),
    path("partners/<uuid:pk>/change/", calls.change, name="partner_call_change"),
    path("partners/<uuid:pk>/apply/", applications.new, name="partner_application_new"),
    path("partners/<uuid:pk>/move/<str:name>/", calls.move, name="partner_call_move"),
]
