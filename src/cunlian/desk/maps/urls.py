"""The address of a tile."""

from django.urls import path

from cunlian.desk.maps import tiles

urlpatterns = [
    path("map/<str:layer>/<int:z>/<int:x>/<int:y>/", tiles.tile, name="tile"),
]
