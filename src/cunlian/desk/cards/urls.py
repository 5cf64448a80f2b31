"""Address of the sheet."""

from django.urls import path

from cunlian.desk.cards import views

urlpatterns = [path("places/<str:code>/cards.pdf", views.cards, name="cards")]
