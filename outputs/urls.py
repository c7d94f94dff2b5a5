"""The doors to what remains."""

urlpatterns: list = []
