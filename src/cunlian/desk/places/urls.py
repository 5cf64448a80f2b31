"""Addresses of villages, areas and master data."""

from django.urls import path

from cunlian.desk.places import areas, master, views

urlpatterns = [
    path("places/", views.place_list, name="places"),
    path("places/district/", master.district, name="district_data"),
    path("places/roster/", master.roster, name="roster"),
    path("places/classes/", master.classes, name="grid_classes"),
    path("places/classes/set/", master.set_class, name="grid_class_set"),
    path("places/areas/", areas.area_list, name="areas"),
    path("places/areas/new/", areas.new, name="area_new"),
    path("places/areas/<uuid:pk>/", areas.detail, name="area"),
    path("places/areas/<uuid:pk>/add/", areas.add, name="area_add"),
    path("places/areas/<uuid:pk>/end/", areas.end, name="area_end"),
    path("places/areas/memberships/<uuid:pk>/end/", areas.end_membership, name="area_membership_end"),
    path("places/grids/<uuid:pk>/end/", master.close_grid, name="grid_end"),
    path("places/<str:code>/", views.village, name="place"),
    path("places/<str:code>/<str:name>/", master.village_work, name="place_work"),
]
