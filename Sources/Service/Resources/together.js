// Working together: sending a task elsewhere, asking a colleague, answering one, writing notes, all by keyboard.
"use strict";

(() => {
  const dialog = document.getElementById("together");
  const answer = document.getElementById("answer");
  const notes = document.getElementById("document-notes");

  // The value that had the focus when the dialog was opened: a question is likely about it.
  function open(first) {
    if (!dialog || dialog.open) return;
    const path = document.activeElement?.dataset?.path;
    const about = document.getElementById("ask-field");
    if (about && path && [...about.options].some((option) => option.value === path)) about.value = path;
    dialog.showModal();
    (document.getElementById(first) || document.getElementById("send-queue")).focus();
  }

  function note() {
    if (!notes) return;
    notes.open = true;
    document.getElementById("new-note")?.focus();
  }

  document.addEventListener("keydown", (event) => {
    if (document.querySelector("dialog[open]") || event.repeat) return;
    if (!event.altKey || event.ctrlKey || event.metaKey) return;
    const key = event.key.toLowerCase();
    if (key === "s" && dialog) {
      event.preventDefault();
      open("send-queue");
    } else if (key === "a" && (answer || dialog)) {
      event.preventDefault();
      if (answer) answer.focus(); else open("ask-colleague");
    } else if (key === "n" && notes) {
      event.preventDefault();
      note();
    }
  });

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-opens=together]")) open("send-queue");
    const path = event.target.closest("[data-goes-to]")?.dataset.goesTo;
    const value = path && desk.at(path);
    if (value) desk.focus(value);
  });

  // The keys of the page behind do nothing here.
  dialog?.addEventListener("keydown", (event) => event.stopPropagation());
  dialog?.addEventListener("close", () => { if (document.activeElement === document.body) desk.focusFirst(); });

  // What was typed into the document goes along with the task: it is kept first.
  for (const form of document.querySelectorAll("form[data-keeps], #document-notes form")) {
    // Exactly one goes out, however often a key is pressed.
    let isBusy = false, isKept = false;
    form.addEventListener("submit", async (event) => {
      if (isKept) {
        isKept = false;
        return;
      }
      event.preventDefault();
      if (isBusy) return;
      isBusy = true;
      // A form that is just telling of its submission takes no other.
      await new Promise((resolve) => { setTimeout(resolve); });
      const keeps = desk.mayEdit && typeof draft !== "undefined";
      isKept = !keeps || await draft.flush().catch(() => false);
      if (isKept) {
        form.requestSubmit();
      } else {
        isBusy = false;
        dialog?.close();
        draft.say("Not sent: what you typed into the document could not be kept yet. Try again.");
      }
    });
    window.addEventListener("pageshow", () => { isBusy = isKept = false; });
  }
})();
