"""One scripted reviewer at queues of single layouts: ADDRESS PASSWORD KEY FOLDER COUNT. `.ci/bench-teaching` starts the
service.

Keys are counted as the page's script takes them: Enter for each value that is asked about and right; Alt and a digit for
another reading; Enter behind a value that is typed, and one step to reach it when nothing asked about it; Alt and Delete for
a row too many; Ctrl and Enter at the end; eight for another type or subtype (Alt P, T, choose, Enter). What is typed counts
on its own, letter by letter.
"""

import html.parser
import json
import pathlib
import re
import statistics
import sys
import time

from bench_browser import Session, figures

address, password, key, folder, count = *sys.argv[1:4], pathlib.Path(sys.argv[4]), int(sys.argv[5])


class Desk(html.parser.HTMLParser):
    """The values of a task's page: by path what stands there, whether it is asked about, and its other readings."""

    def __init__(self, page):
        super().__init__()
        self.hidden, self.values, self.asked, self.others = {}, {}, set(), {}
        self.path, self.selecting, self.text = None, False, False
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        named = dict(attributes)
        if named.get("type") == "hidden":
            self.hidden.setdefault(named.get("name"), named.get("value"))
        if "data-path" in named:
            self.path = named["data-path"]
            self.values[self.path] = named.get("value") or ""
            self.selecting = tag == "select"
            if "data-rank" in named:
                self.asked.add(self.path)
        if tag == "option" and self.selecting and "selected" in named:
            self.values[self.path] = named.get("value") or ""
        if "data-reading" in named:
            self.others.setdefault(self.path, []).append(named["data-reading"])
        self.text = tag == "textarea"

    def handle_data(self, data):
        if self.text:
            self.values[self.path] += data

    def handle_endtag(self, tag):
        self.text = False
        if tag == "select":
            self.selecting = False


def printed(document):
    """The truth's values by path."""
    found = {}

    def visit(value, path):
        if isinstance(value, dict) and "value" in value and "confidence" in value:
            inner = value["value"]
            found[path] = str(inner).lower() if isinstance(inner, bool) else str(inner)
        elif isinstance(value, dict):
            for name, part in value.items():
                visit(part, f"{path}.{name}" if path else name)
        elif isinstance(value, list):
            for index, part in enumerate(value):
                visit(part, f"{path}[{index}]")

    visit(document["fields"], "")
    visit(document.get("claims", []), "claims")
    visit(document.get("line_items", []), "line_items")
    return found


def settle(reviewer, task, truth):
    """Keys and typed letters until the document is confirmed as it was printed."""
    reviewer.send("POST", f"/tasks/{task}/take", {})
    desk = Desk(reviewer.send("GET", f"/tasks/{task}")[1])
    keys = typed = 0
    wanted = printed(truth)
    rows = {re.match(r".*\[\d+\]", path)[0] for path, value in desk.values.items() if value and "[" in path}
    extra = {row for row in rows if not any(path.startswith(row) for path in wanted)}
    keys += 2 * len({row for row in extra if not any(row.startswith(other + ".") for other in extra)})
    form = {"version": desk.hidden["version"], "queue": desk.hidden["queue"]}
    for path, value in desk.values.items():
        right = wanted.get(path, "")
        if any(path.startswith(row) for row in extra):
            if value:
                form[f"v.{path}"] = ""
            continue
        form[f"v.{path}"] = right
        if value == right:
            if path in desk.asked:
                keys += 1
                form[f"ok.{path}"] = "1"
        elif right and right in desk.others.get(path, [])[:4]:
            keys += 2
        else:
            keys += 1 + (path not in desk.asked)
            typed += len(right)
    for path, right in wanted.items():
        if path not in desk.values:
            keys += 1
            typed += len(right)
            form[f"v.{path}"] = right
    status, answer, _ = reviewer.send("POST", f"/tasks/{task}", form | {"action": "confirm"})
    if status != 303:
        wrong = re.findall(r'<strong class="error">(.*?)</strong>', answer)
        raise SystemExit(f"{task} was not taken: {status} {wrong[:3]} {re.findall(r'role=.alert.>(.*?)<', answer)[:2]}")
    return keys + 2, typed


def tasks(reviewer):
    """The waiting tasks by their files' names."""
    found = {}
    for queue in ["remittances", "letters", "authorizations", "financial_assistance", "invoices", "general"]:
        page = reviewer.send("GET", f"/queues/{queue}")[1]
        for row in page.split("<tr")[1:]:
            task, name = re.search(r'/tasks/(\w+)"', row), re.search(r'<td class="file">(.*?)</td>', row)
            if task and name:
                found.setdefault(name[1], []).append(task[1])
    return found


def wait():
    """Until no step of the pipeline waits or is worked on, twice in a row."""
    idle, patience = 0, time.monotonic() + 1800
    while idle < 3 and time.monotonic() < patience:
        busy = [line for line in figures(address, key, "mailroom_steps")
                if not line.endswith(" 0") and ('"ready"' in line or '"leased"' in line)]
        idle = 0 if busy else idle + 1
        time.sleep(0.4)


reviewer = Session(address, "admin", password)
time.sleep(15)
wait()
layouts = sorted(path.name for path in folder.iterdir())
effort = {layout: [] for layout in layouts}
for number in range(1, count + 1):
    waiting = tasks(reviewer)
    for layout in layouts:
        truth = json.loads((folder / layout / f"{number:06}.json").read_text())["documents"]
        names = [name for name in waiting if name.startswith(f"layout-{layout}-{number:06}.")]
        if len(truth) != 1 or not names or len(waiting[names[0]]) != 1:
            effort[layout].append(None)  # read as two documents, or accepted unseen
            continue
        effort[layout].append(settle(reviewer, waiting[names[0]][0], truth[0]))
    wait()

print("  layout  type                              keys (and letters) of document 1, 2, 10; mean of the rest from 11")
for layout in layouts:
    truth = json.loads((folder / layout / "000001.json").read_text())["documents"][0]
    done = effort[layout]
    rest = [each for each in done[10:] if each]
    cell = lambda each: f"{each[0]:3} ({each[1]:3})" if each else "   none  "
    mean = f"{statistics.mean(e[0] for e in rest):.1f} ({statistics.mean(e[1] for e in rest):.1f})" if rest else "none"
    name = "/".join(filter(None, [truth["type"], truth.get("subtype")]))
    print(f"  {layout:7} {name:33} {cell(done[0])} {cell(done[1])} {cell(done[min(9, count - 1)])}   {mean}")
for place, which in [("first", slice(0, 1)), ("second", slice(1, 2)), ("tenth", slice(9, 10)), ("11 on", slice(10, None))]:
    found = [each for done in effort.values() for each in done[which] if each]
    if found:
        print(f"  {place:7} mean of {len(found)}: {statistics.mean(e[0] for e in found):.1f} keys beside "
              f"{statistics.mean(e[1] for e in found):.1f} letters")
