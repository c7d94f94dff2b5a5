"""The doors of planning."""

from django.urls import path

from facilitation.planning import drivers, members, networks, people, runsheet, tables, workshops

urlpatterns = [
    path("workshops/", workshops.index, name="workshops"),
    path("workshops/new/", workshops.new, name="workshop-new"),
    path("networks/", networks.index, name="networks"),
    path("networks/new/", networks.new, name="network-new"),
    path("networks/<int:pk>/", networks.show, name="network"),
    path("networks/<int:pk>/organisations/", networks.add_organisation, name="organisation-add"),
    path("networks/<int:pk>/organisations/<int:body>/", networks.organisation, name="organisation"),
    path("networks/<int:pk>/organisations/<int:body>/remove/", networks.leave_out, name="organisation-remove"),
    path("networks/<int:pk>/people/", members.invite, name="member-invite"),
    path("networks/<int:pk>/people/<int:member>/link/", members.new_link, name="member-link"),
    path("networks/<int:pk>/people/<int:member>/remove/", members.remove, name="member-remove"),
    path("networks/<int:pk>/drivers/", drivers.index, name="drivers"),
    path("networks/<int:pk>/drivers/new/", drivers.edit, name="driver-new"),
    path("networks/<int:pk>/drivers/national/", drivers.national, name="drivers-national"),
    path("networks/<int:pk>/drivers/<int:card>/", drivers.edit, name="driver"),
    path("networks/<int:pk>/drivers/<int:card>/<slug:verb>/", drivers.change, name="driver-change"),
    path("w/<slug:code>/about/", workshops.about, name="workshop-about"),
    path("w/<slug:code>/run-sheet/", runsheet.show, name="run-sheet"),
    path("w/<slug:code>/run-sheet/add/", runsheet.add, name="run-sheet-add"),
    path("w/<slug:code>/run-sheet/<int:activity_pk>/", runsheet.activity, name="run-sheet-activity"),
    path("w/<slug:code>/run-sheet/<int:activity_pk>/<slug:verb>/", runsheet.change, name="run-sheet-change"),
    path("w/<slug:code>/people/", people.show, name="invited"),
    path("w/<slug:code>/people/add/", people.add, name="invited-add"),
    path("w/<slug:code>/people/preview/", people.preview, name="invited-preview"),
    path("w/<slug:code>/people/take/", people.take, name="invited-take"),
    path("w/<slug:code>/people/example.csv", people.example, name="invited-example"),
    path("w/<slug:code>/people/<int:person>/remove/", people.remove, name="invited-remove"),
    path("w/<slug:code>/tables/", tables.show, name="tables"),
    path("w/<slug:code>/tables/mix/", tables.mix, name="tables-mix"),
    path("w/<slug:code>/tables/fit/", tables.fit, name="tables-fit"),
    path("w/<slug:code>/tables/<int:number>/move/", tables.move, name="tables-move"),
    path("w/<slug:code>/tables/wishes/<slug:sort>/", tables.note_wish, name="wish-add"),
    path("w/<slug:code>/tables/wishes/<slug:sort>/remove/", tables.drop_wish, name="wish-remove"),
]
