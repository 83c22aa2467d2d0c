// Waits, where a page of the document is being read again, until its words are there, and then shows them.
"use strict";

(() => {
  // Other readings of a value carry that attribute too.
  const told = document.querySelector("#turn-told[data-reading]");
  if (!told) return;
  const pauseMilliseconds = 700;

  async function ask() {
    const response = await fetch(told.dataset.reading, { redirect: "manual", headers: { Accept: "application/json" } })
      .catch(() => null);
    // What passes by itself is asked again; anything else the page itself tells.
    const isPassing = !response || response.status === 429 || response.status >= 500;
    if (isPassing || (response.ok && (await response.json()).is_reading)) {
      setTimeout(ask, pauseMilliseconds);
    } else {
      location.reload();
    }
  }
  setTimeout(ask, pauseMilliseconds);
})();
