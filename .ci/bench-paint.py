"""One scripted reviewer in Chromium: ADDRESS PASSWORD KEY COUNT LOOK. `.ci/bench-paint` starts the service.

The key's time is that of the page's own event, the painting's that of the largest contentful paint (W3C Largest
Contentful Paint), which is the page image; both are the browser's clock.
"""

import json
import subprocess
import sys
import time
import urllib.request

from bench_browser import figures

address, password, key, count, look = *sys.argv[1:4], int(sys.argv[4]), float(sys.argv[5])
ENTER, CONTROL = "\ue007", "\ue009"
REMEMBER = """window.addEventListener("keydown", (event) => {
  if (event.key === "Enter") sessionStorage.setItem("confirmed", performance.timeOrigin + event.timeStamp);
}, true);"""
PAINTED = """const done = arguments[0];
new PerformanceObserver((list) => {
  const image = list.getEntries().find((entry) => entry.element?.closest(".sheet"));
  if (image) done(performance.timeOrigin + image.startTime - Number(sessionStorage.getItem("confirmed")));
}).observe({ type: "largest-contentful-paint", buffered: true });
setTimeout(() => done(null), 5000);"""


class Chromium:
    """A headless browser, spoken to through chromedriver (W3C WebDriver)."""

    def __init__(self):
        self.driver = subprocess.Popen(["chromedriver", "--port=0"], stdout=subprocess.PIPE, text=True)
        port = next(line.split()[-1].rstrip(".") for line in self.driver.stdout if "successfully on port" in line)
        self.session = f"http://127.0.0.1:{port}/session"
        options = {"args": ["--headless=new", "--no-sandbox", "--window-size=1500,1000"]}
        wanted = {"alwaysMatch": {"browserName": "chrome", "goog:chromeOptions": options}}
        self.session += "/" + self.send("", {"capabilities": wanted})["sessionId"]

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
        self.driver.kill()


def settle():
    """Waits until all that lies in the folder is understood."""
    quiet = 0
    while quiet < 5:
        steps = figures(address, key, "mailroom_steps")
        busy = [line for line in steps if ('"ready"' in line or '"leased"' in line) and not line.endswith(" 0")]
        quiet = 0 if busy or not steps else quiet + 1
        time.sleep(1)


def take(browser, queue):
    """Whether there was a task to take."""
    browser.send("/url", {"url": f"{address}/queues/{queue}"})
    if not browser.run("return Boolean(document.querySelector('.head button'))"):
        return False
    return "/tasks/" in browser.leave("document.querySelector('.head button').click()")


settle()
browser = Chromium()
try:
    browser.send("/url", {"url": f"{address}/sign-in"})
    browser.leave(f"""document.querySelector("[name=name]").value = "reviewer";
        document.querySelector("[name=password]").value = {json.dumps(password)};
        document.querySelector("[name=password]").form.requestSubmit()""")
    times, refused = [], 0
    for queue in ["remittances", "letters", "authorizations", "invoices", "general"]:
        if len(times) >= count or not take(browser, queue):
            continue
        while len(times) < count:
            at = browser.send("/url")
            browser.run(REMEMBER)
            time.sleep(look)
            browser.press(ENTER, CONTROL)
            to = browser.left(at)
            if to == at:  # a value is refused: another document
                refused += 1
                if refused > count or not take(browser, queue):
                    break
            elif "/tasks/" not in to:
                break
            elif (painted := browser.run(PAINTED, "async")) is not None:
                times.append(painted)
finally:
    browser.end()
if not times:
    sys.exit("No document followed another.")
times.sort()
rank = lambda share: times[min(len(times) - 1, int(share * len(times)))]
print(f"{len(times)} documents that followed another, {look:g} seconds at each: from the key to the painted page image "
      f"median {rank(0.5):.0f} ms, 95 % within {rank(0.95):.0f}, longest {times[-1]:.0f}")
