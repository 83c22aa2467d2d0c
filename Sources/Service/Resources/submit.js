// Sending a task's form: once, and only when all that was typed is kept.
"use strict";

(() => {
  const { form } = desk;
  // The form is on its way: nothing that is typed is lost when the page goes.
  let isLeaving = false;

  // A form is sent once all that was typed is kept, so that a lost connection never takes a page away.
  let isSending = false, isSent = false, isBroken = false;
  form.addEventListener("submit", async (event) => {
    const { submitter } = event;
    // Exactly one goes out, however often a key is pressed.
    if (!isSent && (isLeaving || isBroken || !desk.keeper())) {
      isLeaving = isSent = true;
      return;
    }
    event.preventDefault();
    if (isSending || isSent) return;
    isSending = true;
    let isKept = false;
    try {
      // A form that is just telling of its submission takes no other.
      await new Promise((resolve) => { setTimeout(resolve); });
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
    for (const value of desk.values()) value.value = value.kept;
    isLeaving = true;
    form.requestSubmit(submitter);
  });
  window.addEventListener("pageshow", () => { isLeaving = isSent = false; });

  window.addEventListener("beforeunload", (event) => {
    if (!isLeaving && desk.values().some((value) => value.touched || value.hasAttribute("aria-invalid"))) event.preventDefault();
  });
})();
