"""Addresses of the disputes at the desk."""

from django.urls import path

from cunlian.desk.disputes import bodies, deadlines, entering, listing, views

urlpatterns = [
    path("disputes/", listing.dispute_list, name="disputes"),
    path("disputes/new/", entering.new, name="dispute_new"),
    path("disputes/bodies/", bodies.body_list, name="mediation_bodies"),
    path("disputes/bodies/new/", bodies.new, name="mediation_body_new"),
    path("disputes/bodies/<uuid:pk>/", bodies.detail, name="mediation_body"),
    path("disputes/bodies/<uuid:pk>/brand/", bodies.brand, name="mediation_body_brand"),
    path("disputes/bodies/<uuid:pk>/member/", bodies.member, name="mediation_member"),
    path("disputes/bodies/<uuid:pk>/members/<uuid:member_pk>/end/", bodies.end, name="mediation_member_end"),
    path("disputes/deadlines/", deadlines.deadline_list, name="mediation_deadlines"),
    path("disputes/deadlines/new/", deadlines.change, name="mediation_deadline_new"),
    path("disputes/<uuid:pk>/", views.detail, name="dispute"),
    path("disputes/<uuid:pk>/print/", views.print_agreement, name="dispute_print"),
    path("disputes/<uuid:pk>/reveal/", views.reveal, name="dispute_reveal"),
    path("disputes/<uuid:pk>/<str:name>/", views.move, name="dispute_move"),
]
