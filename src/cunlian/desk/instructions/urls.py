"""Addresses of instructions and programmes."""

from django.urls import path

from cunlian.desk.instructions import compose, listing, load, programmes, rule, views

urlpatterns = [
    path("instructions/", listing.copy_list, name="instructions"),
    path("instructions/new/", compose.new, name="instruction_new"),
    path("instructions/load/", load.load, name="instruction_load"),
    path("instructions/rule/", rule.rule, name="instruction_rule"),
    path("instructions/rule/set/", rule.new, name="instruction_rule_set"),
    path("instructions/copies/<uuid:pk>/", views.detail, name="instruction_copy"),
    path("instructions/copies/<uuid:pk>/files/<uuid:attachment_pk>/", views.file, name="instruction_file"),
    path("instructions/copies/<uuid:pk>/<str:name>/", views.move, name="instruction_move"),
    path("programmes/", programmes.programme_list, name="programmes"),
    path("programmes/new/", programmes.new, name="programme_new"),
    path("programmes/<uuid:pk>/", programmes.detail, name="programme"),
    path("programmes/<uuid:pk>/measure/", programmes.measure, name="measure_new"),
    path("programmes/measures/<uuid:pk>/end/", programmes.end, name="measure_end"),
]
