// Sending a task's form: once, and only when all that was typed is kept.
"use strict";

const submission = (() => {
  const { form } = desk;
  // The form is on its way: nothing that is typed is lost when the page goes.
  let isLeaving = false;
  let isSending = false, isSent = false, isBroken = false;

  // A form is sent once all that was typed is kept, so that a lost connection never takes a page away. Exactly one goes
  // out, however often a key is pressed.
  async function send(submitter) {
    if (isSending || isSent) return;
    if (isBroken) {
      form.requestSubmit(submitter);
      return;
    }
    isSending = true;
    let isKept = false;
    try {
      isKept = await draft.flush();
    } catch (error) {
      console.error(error);
      isBroken = true;
      draft.say("Something went wrong while keeping what you typed. Press again: it is then sent with the form.");
    } finally {
      isSending = false;
    }
    const settles = !["reject", "duplicate", "release"].includes(submitter?.value);
    const refused = settles && desk.area.querySelector("[aria-invalid]");
    // Keeping what was typed made something else unusual about the document, and took the button that was pressed away.
    const isGone = submitter?.isConnected === false;
    if (!isKept || refused || isGone) {
      // The reason stands on the page behind the dialog.
      document.querySelector("dialog[open]")?.close();
      if (refused) desk.focus(refused);
      if (isKept) {
        draft.say("Not done: the marked value cannot be kept as it stands. Correct it, or take it back with Esc.");
      }
      if (isGone) draft.say("Not done: what is unusual about the document is other now. Look at it, then press again.");
      return;
    }
    isLeaving = isSent = true;
    await leave(submitter);
  }

  // Sends what the button means without the document's values, which the server has: a browser looks through each field
  // of a form that goes out, which takes as long as drawing the next document.
  async function leave(submitter) {
    const action = submitter?.getAttribute("formaction") || form.getAttribute("action");
    const fields = [...new FormData(form, submitter)].filter(([name]) => !name.startsWith("v."));
    if (action !== form.getAttribute("action")) {
      submitShort(action, fields);
      return;
    }
    const body = new URLSearchParams(fields);
    let response;
    try {
      response = await fetch(action, { method: "POST", body, redirect: "manual", headers: { Accept: "application/json" } });
    } catch {
      isLeaving = isSent = false;
      draft.say("No connection to Mailroom. What you typed is kept, and your last step may be done already: "
        + "press again when the connection is back.");
      return;
    }
    // What did not get through is sent once more as a form: the page that answers says why.
    const answer = response.ok ? await response.json().catch(() => null) : null;
    if (answer) open(answer.next); else submitShort(action, fields);
  }

  function submitShort(action, fields) {
    const short = document.createElement("form");
    short.method = "post";
    short.hidden = true;
    short.setAttribute("action", action);
    for (const [name, value] of fields) {
      short.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
    }
    document.body.append(short);
    short.submit();
  }

  // Goes to the page at `address`. The first page of a document that is known already is shown meanwhile, beside no values:
  // those that stand there are another document's.
  function open(address) {
    if (!ahead.show(address)) {
      location.assign(address);
      return;
    }
    document.querySelector(".desk").classList.add("leaving");
    // No key and no click is meant for the document that was there.
    document.querySelector("main").inert = true;
    window.addEventListener("keydown", (event) => event.stopImmediatePropagation(), true);
    requestAnimationFrame(() => setTimeout(() => location.assign(address)));
    // A page in the background draws nothing.
    if (document.hidden) location.assign(address);
  }

  form.addEventListener("submit", (event) => {
    // What cannot be kept goes out with the form.
    if (!isSent && !isSending && (isBroken || !desk.keeper())) {
      isLeaving = isSent = true;
      return;
    }
    event.preventDefault();
    send(event.submitter);
  });
  window.addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    // What was sent made the document another, and the page of the next one may be shown.
    if (isSent) location.reload(); else isLeaving = false;
  });

  window.addEventListener("beforeunload", (event) => {
    if (!isLeaving && desk.values().some((value) => value.touched || value.hasAttribute("aria-invalid"))) event.preventDefault();
  });

  return { send };
})();
