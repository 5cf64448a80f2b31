"""Addresses of this door. Each topic brings its own list."""

from django.urls import URLPattern, URLResolver

from cunlian.desk.accounts.urls import urlpatterns as accounts
from cunlian.desk.assignment.urls import urlpatterns as assignment
from cunlian.desk.burden.urls import urlpatterns as burden
from cunlian.desk.cards.urls import urlpatterns as cards
from cunlian.desk.cases.urls import urlpatterns as cases
from cunlian.desk.choosing.urls import urlpatterns as choosing
from cunlian.desk.coming_home.urls import urlpatterns as coming_home
from cunlian.desk.consent.urls import urlpatterns as consent
from cunlian.desk.deliveries.urls import urlpatterns as deliveries
from cunlian.desk.disputes.urls import urlpatterns as disputes
from cunlian.desk.drawing.urls import urlpatterns as drawing
from cunlian.desk.figures.urls import urlpatterns as figures
from cunlian.desk.home.urls import urlpatterns as home
from cunlian.desk.imports.urls import urlpatterns as imports
from cunlian.desk.instructions.urls import urlpatterns as instructions
from cunlian.desk.items.urls import urlpatterns as items
from cunlian.desk.jobs.urls import urlpatterns as jobs
from cunlian.desk.learning.urls import urlpatterns as learning
from cunlian.desk.maps.urls import urlpatterns as maps
from cunlian.desk.mentoring.urls import urlpatterns as mentoring
from cunlian.desk.partners.urls import urlpatterns as partners
from cunlian.desk.paste.urls import urlpatterns as paste
from cunlian.desk.people.urls import urlpatterns as people
from cunlian.desk.places.urls import urlpatterns as places
from cunlian.desk.radar.urls import urlpatterns as radar
from cunlian.desk.responsibility.urls import urlpatterns as responsibility
from cunlian.desk.talent.urls import urlpatterns as talent
from cunlian.desk.units.urls import urlpatterns as units
from cunlian.desk.visits.urls import urlpatterns as visits
from cunlian.desk.week.urls import urlpatterns as week

app_name = "desk"
urlpatterns: list[URLPattern | URLResolver] = [
    *home,
    *accounts,
    *assignment,
    *burden,
    *cards,
    *cases,
    *coming_home,
    *choosing,
    *consent,
    *deliveries,
    *disputes,
    *drawing,
    *figures,
    *imports,
    *instructions,
    *items,
    *jobs,
    *partners,
    *learning,
    *maps,
    *mentoring,
    *paste,
    *people,
    *places,
    *radar,
    *responsibility,
    *talent,
    *units,
    *visits,
    *week,
]
