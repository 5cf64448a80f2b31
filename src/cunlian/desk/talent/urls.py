from django.urls import path

from cunlian.desk.talent import entering, groups, listing, searching, skills

urlpatterns = [
    path("talent/", listing.entries, name="talent"),
    path("talent/entries/<uuid:pk>/", listing.entry, name="talent_entry"),
    path("talent/entries/<uuid:pk>/open/", listing.opened, name="talent_open"),
    path("talent/entries/<uuid:pk>/<str:name>/", entering.move, name="talent_move"),
    path("talent/new/", entering.choose, name="talent_new"),
    path("talent/new/<uuid:pk>/", entering.of_person, name="talent_of"),
    path("talent/new/<uuid:pk>/enter/", entering.enter, name="talent_enter"),
    path("talent/new/<uuid:pk>/recommend/", entering.recommended, name="talent_recommend"),
    path("talent/search/", searching.search, name="talent_search"),
    path("talent/searches/", searching.searches, name="talent_searches"),
    path("talent/searches/<uuid:pk>/", searching.found, name="talent_found"),
    path("talent/groups/", groups.group_list, name="advisory_groups"),
    path("talent/groups/new/", groups.new, name="advisory_group_new"),
    path("talent/groups/<uuid:pk>/", groups.group, name="advisory_group"),
    path("talent/groups/<uuid:pk>/seat/", groups.seat, name="advisory_seat"),
    path("talent/groups/<uuid:pk>/end/", groups.end, name="advisory_group_end"),
    path("talent/members/<uuid:pk>/end/", groups.unseat, name="advisory_unseat"),
    path("talent/skills/", skills.skill_list, name="skills"),
    path("talent/skills/new/", skills.new, name="skill_new"),
    path("talent/skills/usual/", skills.usual, name="skills_usual"),
    path("talent/skills/<uuid:pk>/end/", skills.end, name="skill_end"),
]
