"""Addresses of drawings of areas and of which villages touch."""

from django.urls import path

from cunlian.desk.drawing import borders, doing, views

urlpatterns = [
    path("drawing/", views.drawings, name="drawings"),
    path("drawing/new/", doing.new, name="drawing_new"),
    path("drawing/borders/", borders.border_list, name="borders"),
    path("drawing/borders/enter/", borders.enter, name="borders_enter"),
    path("drawing/borders/<uuid:pk>/out/", borders.out, name="border_out"),
    path("drawing/pairs/<uuid:pk>/free/", doing.free, name="drawing_pair_free"),
    path("drawing/villages/<uuid:pk>/put/", doing.put, name="drawing_put"),
    path("drawing/areas/<uuid:pk>/name/", doing.name_area, name="drawing_area_name"),
    path("drawing/<uuid:pk>/", views.detail, name="drawing"),
    path("drawing/<uuid:pk>/villages/", views.villages, name="drawing_villages"),
    path("drawing/<uuid:pk>/work/", doing.work, name="drawing_work"),
    path("drawing/<uuid:pk>/pair/", doing.pair, name="drawing_pair"),
    path("drawing/<uuid:pk>/move/<str:name>/", doing.move, name="drawing_move"),
]
