"""Addresses of accounts."""

from django.urls import path

from cunlian.desk.accounts import keys, views

urlpatterns = [
    path("account/", views.own, name="account"),
    path("accounts/", views.account_list, name="accounts"),
    path("accounts/new/", views.new, name="account_new"),
    path("accounts/keys/", keys.key_list, name="keys"),
    path("accounts/keys/new/", keys.new, name="key_new"),
    path("accounts/keys/<uuid:pk>/revoke/", keys.revoke, name="key_revoke"),
    path("accounts/grants/<uuid:pk>/end/", views.close_grant, name="grant_end"),
    path("accounts/<uuid:pk>/", views.detail, name="account_of"),
    path("accounts/<uuid:pk>/<str:name>/", views.work, name="account_work"),
]
