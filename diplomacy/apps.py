from django.contrib.admin.apps import AdminConfig as Base


class AdminConfig(Base):
    default_site = "diplomacy.admin.Site"
