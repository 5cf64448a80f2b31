"""Addresses of villages, areas and master data."""

from django.urls import path

from cunlian.desk.places import areas, change, district, grids, master, points, roads, views

urlpatterns = [
    path("grids/", grids.grid_list, name="grids"),
    path("settings/", district.settings, name="district_settings"),
    path("places/", views.place_list, name="places"),
    path("places/district/", master.district, name="district_data"),
    path("places/roster/", master.roster, name="roster"),
    path("places/classes/", master.classes, name="grid_classes"),
    path("places/classes/set/", master.set_class, name="grid_class_set"),
    path("places/classes/<uuid:pk>/", master.set_class, name="grid_class_change"),
    path("places/areas/", areas.area_list, name="areas"),
    path("places/areas/new/", areas.new, name="area_new"),
    path("places/areas/<uuid:pk>/", areas.detail, name="area"),
    path("places/areas/<uuid:pk>/add/", areas.add, name="area_add"),
    path("places/areas/<uuid:pk>/end/", areas.end, name="area_end"),
    path("places/areas/memberships/<uuid:pk>/end/", areas.end_membership, name="area_membership_end"),
    path("places/grids/<uuid:pk>/class/", grids.give_class, name="grid_class_give"),
    path("places/grids/<uuid:pk>/end/", grids.close_grid, name="grid_end"),
    path("places/groups/<uuid:pk>/move/", grids.move_group, name="group_move"),
    path("places/roads/", roads.road_list, name="roads"),
    path("places/roads/new/", roads.new, name="road_new"),
    path("places/roads/import/", roads.bring, name="roads_bring"),
    path("places/roads/<uuid:pk>/remove/", roads.remove, name="road_remove"),
    path("places/points/import/", points.bring, name="points_bring"),
    path("places/<str:code>/", views.village, name="place"),
    path("places/<str:code>/near/", roads.near, name="place_near"),
    path("places/<str:code>/change/<str:name>/", change.change, name="place_change"),
    path("places/<str:code>/position/", points.position, name="position"),
    path("places/<str:code>/<str:name>/", master.village_work, name="place_work"),
]
