"""Reporting, complaining, following."""

from django.urls import path

from cunlian.resident.cases import complaining, following, looking, moving, reporting

urlpatterns = [
    path("report/", reporting.report, name="report"),
    path("report/similar/", reporting.similar, name="similar"),
    path("report/done/<str:receipt>/", reporting.done, name="done"),
    path("h/<str:card_code>/", reporting.card, name="card"),
    path("complaint/", complaining.complaint, name="complaint"),
    path("misconduct/", complaining.misconduct, name="misconduct"),
    path("follow/", following.follow, name="follow"),
    path("mine/", following.mine, name="mine"),
    path("mine/forget/", following.forget, name="forget"),
    path("r/<str:receipt>/", following.detail, name="receipt"),
    path("r/<str:receipt>/slip/", following.slip, name="slip"),
    path("r/<str:receipt>/photo/<uuid:key>/", following.photo, name="photo"),
    path("r/<str:receipt>/pictures/refuse/", moving.refuse_pictures, name="refuse_pictures"),
    path("r/<str:receipt>/confirm/", moving.confirm, name="confirm"),
    path("r/<str:receipt>/reopen/", moving.reopen, name="reopen"),
    path("r/<str:receipt>/fixed/", moving.vouch, name="vouch"),
    path("r/<str:receipt>/still-broken/", moving.still_broken, name="still_broken"),
    path("nearby/", looking.look, name="nearby"),
    path("nearby/<str:handle>/", looking.say, name="nearby_say"),
    path("r/<str:receipt>/words/", moving.words, name="words"),
    path("r/<str:receipt>/withdraw/", moving.withdraw, name="withdraw"),
]
