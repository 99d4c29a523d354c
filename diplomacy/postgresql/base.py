"""Django's PostgreSQL backend, with the embedded server started when a connection is first needed."""

import psycopg
from django.db.backends.postgresql import base, client

from diplomacy import database


class DatabaseClient(client.DatabaseClient):
    """`manage.py dbshell`, which brings its own psql for the embedded server."""

    @classmethod
    def settings_to_cmd_args_env(cls, settings_dict, parameters):
        if not settings_dict["EMBEDDED"]:
            return super().settings_to_cmd_args_env(settings_dict, parameters)
        host = str(database.server().join())
        (_, *arguments), env = super().settings_to_cmd_args_env({**settings_dict, "HOST": host}, parameters)
        return [str(database.programs(copied=False) / "psql"), *arguments], env


class DatabaseWrapper(base.DatabaseWrapper):
    client_class = DatabaseClient

    def get_connection_params(self):
        """The driver's parameters; called for each new connection or pool of them, and for nothing else."""
        params = super().get_connection_params()
        if self.settings_dict["EMBEDDED"]:
            params["host"] = str(database.server().join())
        return params

    def get_new_connection(self, conn_params):
        """A connection; raises Unreachable, a Django OperationalError, when there is none to be had."""
        try:
            return super().get_new_connection(conn_params)
        except psycopg.OperationalError as error:
            raise database.unreachable(self.settings_dict, error) from error
