"""A real OpenID provider on loopback: Canaille (PyPI), with one client, one person and one group, all in memory.

Takes its port, Mailroom's address and the client's secret, and serves until it is ended.
"""

import sys
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from canaille import create_app
from canaille.app import models
from canaille.backends import Backend
from joserfc.jwk import RSAKey

port, mailroom, secret = int(sys.argv[1]), sys.argv[2], sys.argv[3]


class Quiet(WSGIRequestHandler):
    def log_message(self, *_):
        pass


class Threaded(ThreadingMixIn, WSGIServer):
    daemon_threads = True


app = create_app(
    config={
        "SECRET_KEY": "of this run alone",
        "SERVER_NAME": f"localhost:{port}",
        "PREFERRED_URL_SCHEME": "http",
        "CANAILLE": {"DATABASE": "memory", "LOGGING": {"version": 1, "disable_existing_loggers": True}},
        "CANAILLE_OIDC": {
            "ACTIVE_JWKS": [RSAKey.generate_key(2048, auto_kid=True).as_dict(private=True)],
            "TRUSTED_DOMAINS": ["localhost"],
        },
    }
)

with app.app_context():
    backend = Backend.instance
    person = models.User(
        user_name="ana", formatted_name="Ana Díaz", family_name="Díaz", display_name="Ana Díaz",
        emails=["ana@hospital.example"], password="correct horse battery",
    )
    backend.save(person)
    backend.save(models.Group(display_name="mailroom-reviewers", members=[person], owner=person))
    client = models.Client(
        client_id="mailroom", client_secret=secret, client_name="Mailroom", client_uri=mailroom,
        redirect_uris=[f"{mailroom}/sign-in/openid/return"], post_logout_redirect_uris=[f"{mailroom}/sign-in"],
        grant_types=["authorization_code"], response_types=["code"], scope=["openid", "profile", "groups"],
        token_endpoint_auth_method="client_secret_basic", id_token_signed_response_alg="RS256",
    )
    backend.save(client)
    client.audience = [client]
    backend.save(client)

with make_server("localhost", port, app, Threaded, Quiet) as server:
    print("ready", flush=True)
    server.serve_forever()
