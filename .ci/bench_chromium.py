"""A headless Chromium at the service, for benches and screenshots."""

import json
import subprocess
import time
import urllib.request

from bench_browser import figures


class Chromium:
    """A headless browser, spoken to through chromedriver (W3C WebDriver)."""

    def __init__(self, *switches, at_once=""):
        """`at_once` is run in every page before the page's own scripts."""
        self.driver = subprocess.Popen(["chromedriver", "--port=0"], stdout=subprocess.PIPE, text=True)
        port = next(line.split()[-1].rstrip(".") for line in self.driver.stdout if "successfully on port" in line)
        self.session = f"http://127.0.0.1:{port}/session"
        options = {"args": ["--headless=new", "--no-sandbox", *switches]}
        wanted = {"alwaysMatch": {"browserName": "chrome", "goog:chromeOptions": options}}
        self.session += "/" + self.send("", {"capabilities": wanted})["sessionId"]
        if at_once:
            call = {"cmd": "Page.addScriptToEvaluateOnNewDocument", "params": {"source": at_once}}
            self.send("/goog/cdp/execute", call)

    def send(self, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        call = urllib.request.Request(self.session + path, data, {"Content-Type": "application/json"})
        with urllib.request.urlopen(call, timeout=60) as answer:
            return json.load(answer)["value"]

    def run(self, script, kind="sync"):
        return self.send(f"/execute/{kind}", {"script": script, "args": []})

    def leave(self, script):
        """Runs what leads to another page, and says to which."""
        before = self.send("/url")
        self.run(script)
        return self.left(before)

    def left(self, before):
        """The address that the browser has gone to from `before`; `before` itself when it stays for five seconds."""
        until = time.monotonic() + 5
        while (now := self.send("/url")) == before and time.monotonic() < until:
            time.sleep(0.02)
        return now

    def press(self, key, holding):
        actions = [("keyDown", holding), ("keyDown", key), ("keyUp", key), ("keyUp", holding)]
        keyboard = {"type": "key", "id": "k", "actions": [{"type": kind, "value": value} for kind, value in actions]}
        self.send("/actions", {"actions": [keyboard]})

    def end(self):
        try:
            call = urllib.request.Request(self.session, method="DELETE")
            urllib.request.urlopen(call, timeout=20).close()
        finally:
            self.driver.kill()

    def sign_in(self, address, name, password):
        self.send("/url", {"url": f"{address}/sign-in"})
        self.leave(f"""const {{ form }} = Object.assign(document.querySelector("[name=name]"), {{ value: {json.dumps(name)} }});
            form.elements.password.value = {json.dumps(password)};
            form.requestSubmit();""")


def settle(address, key):
    """Waits until all that lies in the folder is understood."""
    quiet = 0
    while quiet < 5:
        steps = figures(address, key, "mailroom_steps")
        busy = [line for line in steps if ('"ready"' in line or '"leased"' in line) and not line.endswith(" 0")]
        quiet = 0 if busy or not steps else quiet + 1
        time.sleep(1)
