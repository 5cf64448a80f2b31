"""Addresses of the cases at the desk."""

from django.urls import path

from cunlian.desk.cases import bulk, entering, listing, showing, views

urlpatterns = [
    path("cases/", listing.case_list, name="cases"),
    path("cases/filters/", listing.keep_filter, name="case_filters"),
    path("cases/filters/<uuid:pk>/remove/", listing.drop_filter, name="case_filter_remove"),
    path("cases/pass-on/", bulk.pass_on, name="cases_pass_on"),
    path("cases/new/", entering.new, name="case_new"),
    path("cases/new/sketch/", entering.on_sketch, name="case_sketch"),
    path("cases/new/similar/", entering.similar, name="case_similar"),
    path("cases/complaint/", entering.complaint, name="case_complaint"),
    path("cases/entered/<str:receipt>/", entering.entered, name="case_entered"),
    path("cases/entered/<str:receipt>/slip/", entering.slip, name="case_slip"),
    path("cases/<uuid:pk>/", views.detail, name="case"),
    path("cases/<uuid:pk>/print/", views.print_file, name="case_print"),
    path("cases/<uuid:pk>/looks/", views.looks, name="case_looks"),
    path("cases/<uuid:pk>/reveal/", views.reveal, name="case_reveal"),
    path("cases/<uuid:pk>/attach/", views.attach, name="case_attach"),
    path("cases/<uuid:pk>/files/<uuid:attachment_pk>/", views.file, name="case_file"),
    path("cases/<uuid:pk>/files/<uuid:attachment_pk>/blur/", views.blur, name="case_blur"),
    path("cases/<uuid:pk>/pictures/", showing.show, name="case_pictures"),
    path("cases/<uuid:pk>/pictures/back/", showing.take_back, name="case_pictures_back"),
    path("cases/<uuid:pk>/pictures/refuse/", showing.refuse, name="case_pictures_refuse"),
    path("cases/<uuid:pk>/<str:name>/", views.move, name="move"),
]
