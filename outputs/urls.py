"""The doors to what remains."""

from django.urls import path

from outputs import views

urlpatterns = [
    path("w/<slug:code>/outputs/", views.show, name="outputs"),
    path("w/<slug:code>/outputs/make/", views.make, name="pack-make"),
    path("w/<slug:code>/outputs/progress/", views.progress, name="pack-progress"),
    path("w/<slug:code>/outputs/pack/<int:pk>/", views.download, name="pack"),
    path("w/<slug:code>/outputs/lock/", views.lock, name="lock"),
    path("w/<slug:code>/outputs/unlock/", views.unlock, name="unlock"),
]
