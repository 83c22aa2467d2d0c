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
    leave(submitter);
  }

  // Sends what the button means without the document's values, which the server has: a browser looks through each field
  // of a form that goes out, which takes as long as drawing the next document.
  function leave(submitter) {
    const short = document.createElement("form");
    short.method = "post";
    short.hidden = true;
    short.setAttribute("action", submitter?.getAttribute("formaction") || form.getAttribute("action"));
    for (const [name, value] of new FormData(form, submitter)) {
      if (name.startsWith("v.")) continue;
      short.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
    }
    document.body.append(short);
    short.submit();
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
  window.addEventListener("pageshow", () => { isLeaving = isSent = false; });

  window.addEventListener("beforeunload", (event) => {
    if (!isLeaving && desk.values().some((value) => value.touched || value.hasAttribute("aria-invalid"))) event.preventDefault();
  });

  return { send };
})();
