"""One scripted reviewer in Chromium: ADDRESS PASSWORD KEY COUNT LOOK. `.ci/bench-paint` starts the service.

The key's time is that of the page's own event, the painting's that of the image where the page before shows it while the
next one is on its way (W3C Element Timing), or else of the next page's largest contentful paint (W3C Largest Contentful
Paint), which is the image; all are the browser's clock. What lies between is told by the next page's navigation timing (W3C
Navigation Timing Level 2).
"""

import sys
import time

from bench_chromium import Chromium, settle

address, password, key, count, look = *sys.argv[1:4], int(sys.argv[4]), float(sys.argv[5])
ENTER, CONTROL = "\ue007", "\ue009"
REMEMBER = """window.addEventListener("keydown", (event) => {
  const sheets = document.querySelector(".sheets");
  if (event.key !== "Enter" || !sheets) return;
  sessionStorage.setItem("confirmed", performance.timeOrigin + event.timeStamp);
  sessionStorage.removeItem("painted");
  new PerformanceObserver((list) => {
    sessionStorage.setItem("painted", performance.timeOrigin + list.getEntries()[0].renderTime);
  }).observe({ type: "element" });
  new MutationObserver(() => sheets.querySelector("img")?.setAttribute("elementtiming", "next"))
    .observe(sheets, { childList: true });
}, true);"""
PAINTED = """const done = arguments[0];
new PerformanceObserver((list) => {
  const image = list.getEntries().find((entry) => entry.element?.closest(".sheet"));
  if (!image) return;
  const start = performance.timeOrigin - Number(sessionStorage.getItem("confirmed"));
  const page = performance.getEntriesByType("navigation")[0];
  const own = start + image.startTime, before = Number(sessionStorage.getItem("painted"));
  done({ painted: before ? before - Number(sessionStorage.getItem("confirmed")) : own, "with its values": own, "leaves": start, "confirmed": start + page.redirectEnd,
    "answer begins": start + page.responseStart, "answer ends": start + page.responseEnd,
    "ready to type": start + page.domContentLoadedEventEnd, inputs: document.querySelectorAll("#values [data-path]").length,
    kilobytes: page.decodedBodySize / 1000 });
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
    all_times, refused = [], 0
    for queue in ["remittances", "letters", "authorizations", "invoices", "general"]:
        if len(all_times) >= count or not take(browser, queue):
            continue
        while len(all_times) < count:
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
            elif (times := browser.run(PAINTED, "async")) is not None:
                all_times.append(times)
finally:
    browser.end()
if not all_times:
    sys.exit("No document followed another.")


def rank(name, share):
    values = sorted(times[name] for times in all_times)
    return values[min(len(values) - 1, int(share * len(values)))]


print(f"{len(all_times)} documents that followed another, {look:g} seconds at each: from the key to the painted page image "
      f"median {rank('painted', 0.5):.0f} ms, 95 % within {rank('painted', 0.95):.0f}, longest {rank('painted', 1):.0f}")
stages = [name for name in all_times[0] if name not in ("painted", "inputs", "kilobytes")]
print("medians from the key: " + ", ".join(f"{name} {rank(name, 0.5):.0f} ms" for name in stages)
      + f"; {rank('inputs', 0.5)} inputs, {rank('kilobytes', 0.5):.0f} kB")
