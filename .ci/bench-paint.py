"""One scripted reviewer in Chromium: ADDRESS PASSWORD KEY COUNT LOOK. `.ci/bench-paint` starts the service.

The key's time is that of the page's own event, the painting's that of the largest contentful paint (W3C Largest
Contentful Paint), which is the page image; both are the browser's clock.
"""

import sys
import time

from bench_chromium import Chromium, settle

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


def take(browser, queue):
    """Whether there was a task to take."""
    browser.send("/url", {"url": f"{address}/queues/{queue}"})
    if not browser.run("return Boolean(document.querySelector('.head button'))"):
        return False
    return "/tasks/" in browser.leave("document.querySelector('.head button').click()")


settle(address, key)
browser = Chromium("--window-size=1500,1000", at_once=REMEMBER)
try:
    browser.sign_in(address, "reviewer", password)
    times, refused = [], 0
    for queue in ["remittances", "letters", "authorizations", "invoices", "general"]:
        if len(times) >= count or not take(browser, queue):
            continue
        while len(times) < count:
            at = browser.send("/url")
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
