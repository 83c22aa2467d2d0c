"""Pictures of the workbench: ADDRESS PASSWORD KEY FOLDER [all]. `.ci/screenshots` starts the service."""

import base64
import json
import pathlib
import sys
import time

from bench_chromium import Chromium, settle

address, password, key, folder, every = *sys.argv[1:4], pathlib.Path(sys.argv[4]), "all" in sys.argv[5:]
ENTER, CONTROL = "\ue007", "\ue009"
# What README.md and the pages it links show.
KEPT = {"review", "review-letter", "approval"}


def take(name):
    """A picture in light and one in dark of the page as it is."""
    if not every and name not in KEPT:
        return
    for scheme in ["light", "dark"]:
        media = {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
        browser.send("/goog/cdp/execute", {"cmd": "Emulation.setEmulatedMedia", "params": media})
        time.sleep(0.3)
        (folder / f"{name}-{scheme}.png").write_bytes(base64.b64decode(browser.send("/screenshot")))


def visit(path, name):
    browser.send("/url", {"url": path if path.startswith("http") else address + path})
    take(name)


def link(pattern):
    """Where the first link of this page leads that begins so; None where there is none."""
    return browser.run(f"return document.querySelector('main a[href^={json.dumps(pattern)}]')?.href ?? null")


def change_person(name):
    browser.leave("document.querySelector('.who button').click()")
    browser.sign_in(address, name, password)


settle(address, key)
# A headless window takes 143 of its pixels for a bar that it does not have.
browser = Chromium("--window-size=1440,1043", "--force-prefers-reduced-motion")
try:
    visit("/sign-in", "sign-in")
    browser.sign_in(address, "senior_reviewer", password)
    visit("/queues", "queues")
    visit("/queues/remittances", "queue")
    browser.leave("document.querySelector('.head button').click()")
    time.sleep(1.5)
    take("review")
    visit("/queues/letters", "queue-letters")
    browser.leave("document.querySelector('.head button').click()")
    time.sleep(1.5)
    take("review-letter")
    browser.run("document.getElementById('show-keys').click()")
    take("review-keys")
    browser.run("document.getElementById('keys').close()")
    # Two refunds are asked for: the letters that ask for them are the first of their queue.
    for _ in range(2):
        at = browser.send("/url")
        browser.press(ENTER, holding=CONTROL)
        browser.left(at)
        time.sleep(1)
    change_person("approver")
    visit("/approvals", "approvals")
    visit(link("/approvals/0"), "approval")
    change_person("administrator")
    for name in ["intake", "denials", "work", "actions", "layouts", "policy", "people", "quality", "recalls"]:
        visit(f"/{name}", name)
    browser.send("/url", {"url": f"{address}/intake"})
    visit(link("/documents/"), "document")
    visit(browser.send("/url") + "/life", "life")
finally:
    browser.end()
