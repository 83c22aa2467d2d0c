"""A browser's session with the service, as far as forms go."""

import http.client
import urllib.parse
import urllib.request


class Session:
    """Signed in under a name; cookies and the form token are sent along."""

    def __init__(self, address, name, password):
        self.address, self.name, self.cookies = address, name, {}
        self.line = http.client.HTTPConnection(urllib.parse.urlsplit(address).netloc, timeout=60)
        self.token = self.form_token(self.send("GET", "/sign-in")[1])
        status, _, to = self.send("POST", "/sign-in", {"name": name, "password": password, "next": "/queues"})
        assert status == 303 and "sign-in" not in to, f"{name} could not sign in: {status} {to}"
        self.token = self.form_token(self.send("GET", "/queues")[1])

    @staticmethod
    def form_token(page):
        return page.split('name="form_token" value="', 1)[1].split('"', 1)[0]

    def send(self, method, path, fields=None):
        """Status, body and where it leads to."""
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        body = None
        if fields is not None:
            body = urllib.parse.urlencode({"form_token": self.token} | fields)
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "Origin": self.address}
        self.line.request(method, path, body, headers)
        answer = self.line.getresponse()
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            name, value = cookie.split(";", 1)[0].split("=", 1)
            self.cookies[name] = value
        return answer.status, answer.read().decode(), answer.headers.get("Location", "")


def ask(address, key, path):
    """Status and body of a machine's call."""
    call = urllib.request.Request(address + path, headers={"Authorization": f"Bearer {key}"})
    with urllib.request.urlopen(call, timeout=60) as answer:
        return answer.status, answer.read().decode()


def figures(address, key, name):
    """The lines of one family of /metrics, its labels and numbers."""
    lines = ask(address, key, "/metrics")[1].splitlines()
    return [line[len(name):] for line in lines if line.startswith(name + "{")]
