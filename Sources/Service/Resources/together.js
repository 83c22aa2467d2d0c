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

  // What cannot be sent stays in its form; why stands on the page behind the dialog.
  function refuse(...words) {
    dialog?.close();
    session.say(...words);
    return false;
  }

  // Whether a form may go out and take the page away: its person is signed in, and all that was typed is kept.
  async function isReady() {
    const problem = await session.problem(desk.form.dataset.person);
    if (problem) return refuse(...problem);
    if (desk.mayEdit && typeof draft !== "undefined" && !await draft.flush().catch(() => false)) {
      return refuse("Not sent: what you typed into the document could not be kept yet. Try again.");
    }
    const refused = desk.mayEdit && desk.area.querySelector("[aria-invalid]");
    if (!refused) return true;
    refuse("Not sent: the marked value cannot be kept as it stands. Correct it, or take it back with Esc.");
    desk.focus(refused);
    return false;
  }

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
      isBusy = isKept = await isReady();
      if (isKept) form.requestSubmit();
    });
    window.addEventListener("pageshow", () => { isBusy = isKept = false; });
  }
})();
