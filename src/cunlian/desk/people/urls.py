from django.urls import path

from cunlian.desk.people import households, lists, persons

urlpatterns = [
    path("people/", lists.persons, name="people"),
    path("people/households/", lists.households, name="households"),
    path("people/households/new/", households.new, name="household_new"),
    path("people/households/<uuid:pk>/", households.household, name="household"),
    path("people/households/<uuid:pk>/member/", households.member, name="household_member"),
    path("people/households/<uuid:pk>/change/", households.change, name="household_change"),
    path("people/households/<uuid:pk>/head/", households.head, name="household_head"),
    path("people/households/<uuid:pk>/split/", households.split, name="household_split"),
    path("people/households/<uuid:pk>/join/", households.join, name="household_join"),
    path("people/households/<uuid:pk>/end/", households.end, name="household_end"),
    path("people/houses/", lists.houses, name="houses"),
    path("people/houses/new/", households.new_house, name="house_new"),
    path("people/houses/<uuid:pk>/", households.house, name="house"),
    path("people/houses/<uuid:pk>/use/", households.house_use, name="house_use"),
    path("people/outside/", lists.outside, name="people_outside"),
    path("people/find/", persons.find, name="people_find"),
    path("people/pairs/", lists.pairs, name="people_pairs"),
    path("people/pairs/<uuid:pk>/<uuid:other>/", persons.pair, name="people_pair"),
    path("people/pairs/<uuid:pk>/<uuid:other>/merge/", persons.merge, name="people_merge"),
    path("people/pairs/<uuid:pk>/<uuid:other>/apart/", persons.apart, name="people_apart"),
    path("people/<uuid:pk>/", persons.person, name="person"),
    path("people/<uuid:pk>/correct/", persons.correct, name="person_correct"),
    path("people/<uuid:pk>/move/", persons.move, name="person_move"),
    path("people/<uuid:pk>/away/", persons.away, name="person_away"),
    path("people/<uuid:pk>/home/", persons.home, name="person_home"),
    path("people/<uuid:pk>/out/", persons.out, name="person_out"),
    path("people/<uuid:pk>/died/", persons.died, name="person_died"),
    path("people/<uuid:pk>/reveal/", persons.reveal, name="person_reveal"),
]
