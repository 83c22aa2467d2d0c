"""Scripted reviewers at one service: ADDRESS KEY REVIEWERS SECONDS THINK. `.ci/bench-review` starts the service."""

import collections
import html.parser
import json
import random
import sys
import threading
import time

from bench_browser import Session, ask, figures

address, key, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
seconds, mean = float(sys.argv[4]), float(sys.argv[5])
think = (0.75 * mean, 1.25 * mean)  # seconds at each document beside the service's own
queues = ["remittances", "letters", "authorizations", "invoices", "general"]
names = {"payer_name", "vendor_name", "patient_name"}


class Form(html.parser.HTMLParser):
    """What a task's page would send: its hidden fields, and a name that can be typed anew."""

    def __init__(self, page):
        super().__init__()
        self.hidden, self.document, self.path = {}, None, None
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        named = dict(attributes)
        if tag == "form" and named.get("id") == "review":
            self.document = named["data-document"]
            self.hidden = {}
        if tag == "input" and named.get("type") == "hidden":
            self.hidden.setdefault(named.get("name"), named.get("value"))
        if named.get("data-path") in names and not self.path:
            self.path = named["data-path"]


class Ledger:
    """What all of them did."""

    def __init__(self):
        self.lock = threading.Lock()
        self.given = collections.defaultdict(list)
        self.edits, self.times, self.troubles = {}, collections.defaultdict(list), []

    def timed(self, what, work):
        start = time.monotonic()
        answer = work()
        with self.lock:
            self.times[what].append(time.monotonic() - start)
        return answer


def work(number, ledger, until):
    person = Session(address, f"reviewer{number}", f"reviewer-{number}-password")
    dice, done = random.Random(number), 0
    waiting = dice.sample(queues, len(queues))
    task = None
    while time.monotonic() < until and waiting:
        if task is None:
            _, _, to = ledger.timed("take", lambda: person.send("POST", f"/queues/{waiting[0]}/next", {}))
            if not to.startswith("/tasks/"):
                waiting.pop(0)
                continue
            task = to
        with ledger.lock:
            ledger.given[task].append(person.name)
        status, page, _ = ledger.timed("page", lambda: person.send("GET", task))
        form = Form(page)
        time.sleep(dice.uniform(*think))
        fields = {"version": form.hidden["version"], "queue": form.hidden["queue"]}
        if form.path:
            done += 1
            value = f"{person.name.title()} document {done}"
            edit = {f"v.{form.path}": value}
            status, answer, _ = ledger.timed("draft", lambda: person.send("POST", f"{task}/draft", fields | edit))
            if status == 200:
                fields["version"] = str(json.loads(answer)["version"])
            fields |= edit
        status, answer, to = ledger.timed(
            "confirm", lambda: person.send("POST", task, fields | {"action": "confirm"}))
        with ledger.lock:
            if status == 303:
                if form.path:
                    ledger.edits[form.document] = (form.path, value)
            else:
                ledger.troubles.append(f"{person.name} at {task}: {status}")
        if status != 303:
            person.send("POST", task, fields | {"action": "release"})
        task = to if status == 303 and to.startswith("/tasks/") else None


def settle():
    """Waits until all that lies in the folder is understood."""
    last, since = None, time.monotonic()
    while time.monotonic() - since < 30:
        documents = figures(address, key, "mailroom_documents")
        if documents != last:
            last, since = documents, time.monotonic()
        time.sleep(1)
    print("Documents:", " ".join(last))


settle()
ledger = Ledger()
until = time.monotonic() + seconds
threads = [threading.Thread(target=work, args=(number, ledger, until)) for number in range(1, count + 1)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()

doubled = {task: names for task, names in ledger.given.items() if len(set(names)) > 1}
lost = []
for document, (path, value) in ledger.edits.items():
    status, body = ask(address, key, f"/v1/documents/{document}")
    found = json.loads(body)["fields"].get(path, {}).get("value") if status == 200 else status
    if found != value:
        lost.append(f"{document} {path}: {value!r}, found {found!r}")
print(f"{count} reviewers, {seconds:.0f} seconds, {mean:g} at a document: {len(ledger.times['confirm'])} confirmations, "
      f"{len(ledger.edits)} with an edit")
for what, times in ledger.times.items():
    times.sort()
    rank = lambda share: 1000 * times[min(len(times) - 1, int(share * len(times)))]
    print(f"  {what:8} {len(times):6}  median {rank(0.5):6.1f} ms, 95 % within {rank(0.95):6.1f}, "
          f"99 % within {rank(0.99):6.1f}, longest {1000 * times[-1]:6.1f}")
print(f"Tasks given to two people: {len(doubled)}. Edits lost: {len(lost)}. Refused: {len(ledger.troubles)}.")
for line in [*map(str, doubled.items()), *lost, *ledger.troubles][:20]:
    print(" ", line)
sys.exit(1 if doubled or lost or ledger.troubles else 0)
