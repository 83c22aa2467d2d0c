// Keeps every change on the server as it is made. Nothing of a patient is put into the browser's own storage: reviewers
// share machines. What cannot be sent stays in the page until the connection is back.
"use strict";

const draft = (() => {
  const { form } = desk;
  const done = [], undone = [];
  let timer = 0, retrySeconds = 2;
  let latest = Promise.resolve();
  // Nothing more can be kept: the task is another's, say.
  let isOver = false;
  // The last thing sent did not get through, and whether a step that was asked for went with it.
  let isCut = false, isStepLost = false;
  // The session ended: what was typed waits here until its person signs in again in another tab.
  let isAway = false;

  const say = (...words) => session.say(...words);

  const version = () => form.elements.namedItem("version");

  function sayCut() {
    say("No connection to Mailroom. What you typed stays on this page and is sent when the connection is back."
      + (isStepLost ? " Your last step was not done: press again when the connection is back." : ""));
  }

  function sayAway() {
    say("Your session is over. What you typed stays on this page. ", session.link(),
      ", then come back here: it is kept then."
        + (isStepLost ? " Your last step was not done: press again afterwards." : ""));
  }

  // Back on this page: whether its person is signed in again, whose forms have another token then.
  async function resume() {
    if (!isAway || document.hidden) return;
    const now = await session.ask().catch(() => null);
    if (!now) return;
    if (now.name !== form.dataset.person) {
      say(`${now.name} is signed in now. What you typed is kept when ${form.dataset.person} signs in again.`);
      return;
    }
    session.adopt(now);
    isAway = false;
    // An empty draft tells that all is well again, when nothing is left to send.
    isCut = true;
    soon(0);
  }

  // What passes by itself is as good as no connection: too slow, too much at once, or the server is being started anew.
  const isPassing = (status) => status === 408 || status === 429 || status >= 500;

  // `isStep`: a step that the reviewer must ask for again when it does not get through.
  async function send(fields, isStep = false) {
    const body = new URLSearchParams(fields);
    body.set("form_token", form.elements.namedItem("form_token").value);
    body.set("version", version().value);
    let response, answer;
    try {
      response = await fetch(form.dataset.draft, { method: "POST", body, redirect: "manual", keepalive: true,
        headers: { Accept: "application/json" } });
      if (isPassing(response.status)) throw new Error(`The server answered ${response.status}.`);
      if (response.ok) answer = await response.json();
    } catch {
      isCut = true;
      isStepLost ||= isStep;
      sayCut();
      soon(1000 * retrySeconds);
      retrySeconds = Math.min(15, 2 * retrySeconds);
      return null;
    }
    retrySeconds = 2;
    if (response.type === "opaqueredirect") {
      isAway = true;
      isStepLost ||= isStep;
      sayAway();
      return null;
    }
    // Its person signed in anew in another tab, and the page's token is of the session before.
    if (response.status === 403) {
      const now = await session.ask().catch(() => null);
      if (now?.name === form.dataset.person && now.form_token !== body.get("form_token")) {
        session.adopt(now);
        return send(fields, isStep);
      }
    }
    isCut = isStepLost = false;
    if (response.ok) {
      version().value = answer.version;
      say("");
      return answer;
    }
    isOver = true;
    const problem = await response.json().catch(() => null);
    say(`${problem?.detail || "The change could not be kept."} Load the page again.`);
    return null;
  }

  // A row that was put in is sent alone: it changes the places of those behind it.
  function collect() {
    const touched = desk.values().filter((value) => value.touched && value.value !== value.refused);
    const inserted = touched.find((value) => value.dataset.path.includes("[+"));
    const plain = touched.filter((value) => !value.dataset.path.includes("[+"));
    if (plain.length || !inserted) return { values: plain, fields: [] };
    const row = inserted.closest("tr");
    return { values: [...row.querySelectorAll("[data-path]")],
      fields: [["row.insert", row.dataset.place.replace("[+", "[")]] };
  }

  async function keep() {
    const { values, fields } = collect();
    // With nothing to send, an empty draft tells whether the connection is back.
    if (!values.length && !isCut) return true;
    const sent = values.map((value) => ({ value, text: value.value, settled: value.settled, ink: value.ink,
      before: value.keptSettled, path: value.dataset.path.replace("[+", "[") }));
    for (const one of sent) {
      fields.push([`v.${one.path}`, one.text]);
      if (one.settled && one.text === one.value.kept) fields.push([`ok.${one.path}`, "1"]);
      if (one.ink) fields.push([`ink.${one.path}`, one.ink]);
      one.value.touched = false;
      one.value.pending = true;
    }
    let answer = null;
    try {
      answer = await send(fields);
    } finally {
      for (const { value } of sent) {
        value.pending = false;
        if (!answer) value.touched = true;
      }
    }
    if (!answer) return false;
    const isInserted = fields.length > 0 && fields[0][0] === "row.insert";
    if (isInserted && !answer.html) {
      refuseRow(sent, answer);
      return true;
    }
    const errors = new Map(answer.doubts.filter((doubt) => doubt.error).map((doubt) => [doubt.path, doubt.error]));
    const kept = new Map(answer.values.map((one) => [one.path, one.value]));
    for (const one of sent) {
      const { value } = one;
      value.error = errors.get(one.path);
      if (value.error) {
        value.refused = one.text;
        value.settled = false;
        desk.complain(value);
        continue;
      }
      value.refused = undefined;
      value.keptSettled = one.settled;
      if (value.ink === one.ink) value.ink = undefined;
      value.kept = kept.get(one.path) ?? value.kept;
      if (value.value === one.text && value !== document.activeElement) value.value = value.kept;
    }
    remember(answer, sent);
    show(answer, isInserted ? values[0].closest("tr") : null);
    return true;
  }

  // A new row is kept whole or not at all; it is sent again when one of its values is another.
  function refuseRow(sent, answer) {
    for (const { value, text, path } of sent) {
      value.refused = text;
      value.error = answer.doubts.find((doubt) => doubt.path === path && doubt.error)?.error;
      value.touched ||= text !== "";
      desk.annotate(value);
    }
  }

  // `inserted`: the row that was put in, of which the answer has the place.
  function show(answer, inserted = null) {
    if (answer.html) desk.replace(answer, inserted);
    desk.update(answer);
  }

  // One step back for each thing done: typing on in a value adds to the step that is there.
  function remember(answer, sent) {
    if (!answer.undo) return;
    undone.length = 0;
    const last = done.at(-1), only = sent.length === 1 && !answer.html ? sent[0].path : null;
    if (only && last?.only === only && sent[0].value === document.activeElement) return;
    done.push({ undo: answer.undo, only, focus: sent[0]?.path,
      settled: sent.map((one) => [one.path, one.before, one.settled]) });
  }

  // Every change waits for the one before it, which makes the document's next version.
  function inTurn(work) {
    clearTimeout(timer);
    latest = latest.then(work, work);
    return latest;
  }

  // True when nothing is left that could be kept.
  async function keepAll() {
    do {
      if (isAway) {
        sayAway();
        return false;
      }
      if (isOver || !await keep()) return false;
    } while (collect().values.length);
    return true;
  }

  const flush = () => inTurn(keepAll);

  function soon(milliseconds) {
    clearTimeout(timer);
    timer = setTimeout(flush, milliseconds);
  }

  // Whether all that was typed before is kept, so that a step may be made; says so when it is not made for that.
  async function mayStep() {
    if (await keepAll()) return true;
    if (isCut || isAway) {
      isStepLost = true;
      (isAway ? sayAway : sayCut)();
    }
    return false;
  }

  // Takes a row out; the step back puts it in again with its ink.
  const removeRow = (place, focus) => inTurn(async () => {
    if (!await mayStep()) return;
    const answer = await send([["row.remove", place]], true);
    if (!answer) return;
    undone.length = 0;
    if (answer.undo) done.push({ undo: answer.undo, focus, settled: [] });
    show(answer);
    const value = desk.at(focus);
    if (value) desk.focus(value);
  });

  const step = (from, to, way) => inTurn(async () => {
    if (!await mayStep()) return;
    const last = from.pop();
    if (!last) { say(way < 0 ? "There is nothing to take back." : "There is nothing to make again."); return; }
    const answer = await send([["undo", last.undo]], true);
    if (!answer) { from.push(last); return; }
    to.push({ ...last, undo: answer.undo });
    for (const { path, value: text } of answer.values) {
      const value = !answer.html && desk.at(path);
      if (!value) continue;
      value.value = value.kept = value.atFocus = text;
      value.refused = value.error = undefined;
    }
    show(answer);
    for (const [path, before, after] of last.settled) {
      const value = desk.at(path);
      if (!value) continue;
      value.settled = value.keptSettled = way < 0 ? before : after;
      desk.paint(value);
    }
    desk.tell();
    const value = last.focus && desk.at(last.focus);
    if (value) desk.focus(value);
  });

  window.addEventListener("online", () => soon(0));
  window.addEventListener("focus", resume);
  document.addEventListener("visibilitychange", resume);
  document.addEventListener("visibilitychange", () => { if (document.hidden && desk.mayEdit) flush(); });

  return { say, soon, flush, removeRow, undo: () => step(done, undone, -1), redo: () => step(undone, done, 1) };
})();
