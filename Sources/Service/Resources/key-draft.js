// Keeps what is typed on the page of keys on the server as it is typed, for whoever types it alone. What cannot be sent stays
// in the page until the connection is back; nothing of a patient is put into the browser's own storage.
"use strict";

const keyDraft = (() => {
  const form = document.getElementById("keying");
  if (!form || typeof session === "undefined") return null;
  const pauseMilliseconds = 800;
  let timer = 0, retrySeconds = 2, latest = Promise.resolve();
  // Nothing more can be kept: the task is another's, say.
  let isOver = false;

  const typed = () => new URLSearchParams(
    [...new FormData(form)].filter(([name]) => /^(v|none|c)\./.test(name))).toString();
  let kept = typed();

  // What passes by itself is as good as no connection.
  const isPassing = (status) => status === 408 || status === 429 || status >= 500;

  async function send(isAgain = false) {
    const now = typed();
    if (isOver || now === kept) return;
    const body = new URLSearchParams(now);
    for (const name of ["form_token", "version"]) body.set(name, form.elements.namedItem(name).value);
    let response;
    try {
      response = await fetch(form.dataset.draft, { method: "POST", body, redirect: "manual", keepalive: true,
        headers: { Accept: "application/json" } });
      if (isPassing(response.status)) throw new Error(`The server answered ${response.status}.`);
    } catch {
      session.say("No connection to Mailroom. What you typed stays on this page and is kept when the connection is back.");
      soon(1000 * retrySeconds);
      retrySeconds = Math.min(15, 2 * retrySeconds);
      return;
    }
    retrySeconds = 2;
    if (response.ok) {
      kept = now;
      session.say("");
      // What was typed meanwhile.
      soon();
    } else if (response.type === "opaqueredirect" || response.status === 403) {
      // The session ended, or its person signed in anew in another tab: then the page has their new token.
      const problem = await session.problem(form.dataset.person);
      if (problem) session.say(...problem); else if (!isAgain) await send(true);
    } else {
      isOver = true;
      const problem = await response.json().catch(() => null);
      session.say(`${problem?.detail || "What you typed could not be kept."} Load the page again.`);
    }
  }

  // Has what is typed kept after a pause; one goes after another.
  function soon(milliseconds = pauseMilliseconds) {
    clearTimeout(timer);
    timer = setTimeout(() => { latest = latest.then(() => send()); }, milliseconds);
  }

  form.addEventListener("input", () => soon());
  window.addEventListener("online", () => soon(0));
  window.addEventListener("focus", () => soon(0));
  document.addEventListener("visibilitychange", () => { if (document.hidden) soon(0); });

  return { isKept: () => typed() === kept };
})();
