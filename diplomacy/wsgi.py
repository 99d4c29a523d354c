"""The WSGI application, for gunicorn or any other server."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "diplomacy.settings")
application = get_wsgi_application()
# What was loaded stays as long as the process does: to look through it for garbage took some 80 ms of a request now and then.
gc.freeze()
