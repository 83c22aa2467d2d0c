// Pages and type: one key for each change of which pages a document has, and pages that can be turned.
"use strict";

(() => {
  const dialog = document.getElementById("pages");
  const sheets = [...document.querySelectorAll(".sheet")];

  // A sheet on its side is as wide as before, and as high as that asks for.
  function turn(sheet, degrees) {
    const ratio = Number(sheet.dataset.height) / Number(sheet.dataset.width);
    const isSideways = degrees % 180 !== 0;
    sheet.dataset.turn = degrees;
    sheet.style.setProperty("--turn", `${degrees}deg`);
    sheet.style.setProperty("--ratio", ratio);
    sheet.style.aspectRatio = isSideways ? `${ratio} / 1` : "";
  }

  let turns = Promise.resolve();

  // Has a turn remembered. One goes after another: the last one made must be the last one kept.
  function keepTurn(number, degrees) {
    turns = turns.then(async () => {
      const token = document.querySelector("#review [name=form_token]").value;
      const body = new URLSearchParams({ form_token: token, degrees });
      const response = await fetch(`${dialog.dataset.turn}/${number}/turn`,
        { method: "POST", body, redirect: "manual", keepalive: true }).catch(() => null);
      tell(response?.ok ? "" : `Page ${number} is turned on this screen only: the turn could not be kept.`);
    });
  }

  // Says it in the dialog, or on the page when the dialog is closed.
  let isTold = false;
  function tell(text) {
    if (!text && !isTold) return;
    isTold = Boolean(text);
    const places = [document.getElementById("turn-problem"), document.getElementById("connection")];
    for (const place of text ? [places[dialog.open ? 0 : 1]] : places) {
      if (!place) continue;
      place.textContent = text;
      place.hidden = !text;
    }
  }

  for (const sheet of sheets) if (sheet.dataset.turn !== "0") turn(sheet, Number(sheet.dataset.turn));

  function turnOn(number) {
    const sheet = document.getElementById(`page-${number}`);
    const paper = dialog?.querySelector(`input[name=page][value="${number}"] + .paper`);
    const degrees = (Number((paper || sheet).dataset.turn) + 90) % 360;
    if (sheet) turn(sheet, degrees);
    if (!dialog) return;
    if (paper) paper.dataset.turn = degrees;
    keepTurn(number, degrees);
    offer();
  }

  // Says beside the pages that one stands otherwise than it was read, and offers to have it read again.
  function offer() {
    const place = document.getElementById("turned-offer");
    if (!place) return;
    const turned = sheets.filter((sheet) => sheet.dataset.turn !== "0");
    const sheet = turned.includes(current()) ? current() : turned[0];
    place.hidden = !sheet;
    place.dataset.page = sheet?.dataset.page || "";
    place.querySelector("span").textContent = sheet
      ? `Page ${sheet.dataset.page} is turned; its words are still those of the way it was read.` : "";
  }

  // Has the page that stands otherwise than it was read be read again.
  function readTurned() {
    offer();
    const number = document.getElementById("turned-offer")?.dataset.page;
    const choice = number && dialog.querySelector(`input[name=page][value="${number}"]`);
    if (!choice) return;
    choice.checked = true;
    sendTurned();
  }

  function sendTurned() {
    const paper = chosen()?.parentElement.querySelector(".paper");
    document.getElementById("degrees").value = paper?.dataset.turn || 0;
    form.requestSubmit(document.getElementById("read-turned"));
  }

  // The page in the middle of the viewer.
  function current() {
    const frame = document.querySelector(".sheets").getBoundingClientRect();
    const middle = frame.top + frame.height / 2;
    return sheets.find((sheet) => sheet.getBoundingClientRect().bottom > middle) || sheets.at(-1);
  }

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-turn-by]") && sheets.length) turnOn(current().dataset.page);
  });

  document.addEventListener("keydown", (event) => {
    if (document.querySelector("dialog[open]")) return;
    if (!event.altKey || event.ctrlKey || event.metaKey) return;
    const key = event.key.toLowerCase();
    if (key === "r" && sheets.length) {
      event.preventDefault();
      if (!event.repeat) turnOn(current().dataset.page);
    } else if (key === "w" && dialog) {
      event.preventDefault();
      if (!event.repeat) readTurned();
    } else if (key === "p" && dialog) {
      event.preventDefault();
      open();
    }
  });

  if (!dialog) return;
  const form = document.getElementById("review");
  const type = document.getElementById("type");
  const chosen = () => dialog.querySelector("input[name=page]:checked");

  function open() {
    if (!dialog.open) dialog.showModal();
    (chosen() || dialog.querySelector("input[name=page]"))?.focus();
  }

  const arranged = location.hash.match(/^#arrange-(\d+)$/);
  if (arranged) {
    history.replaceState(null, "", location.pathname);
    const page = dialog.querySelector(`input[name=page][value="${arranged[1]}"]`);
    if (page) page.checked = true;
    open();
  }

  document.getElementById("show-pages")?.addEventListener("click", open);
  // The form says how the page stands when it is sent, however that came about.
  dialog.addEventListener("click", (event) => {
    if (!event.target.closest("#read-turned") || event.defaultPrevented) return;
    event.preventDefault();
    sendTurned();
  });
  document.querySelector("#turned-offer button")?.addEventListener("click", readTurned);
  offer();
  document.getElementById("turn").addEventListener("click", () => { if (chosen()) turnOn(chosen().value); });

  // What had the focus before may have gone.
  dialog.addEventListener("close", () => { if (document.activeElement === document.body) desk.focusFirst(); });

  dialog.addEventListener("keydown", (event) => {
    // The keys of the page behind do nothing here.
    event.stopPropagation();
    // Alt and an arrow is the browser's way back, which would leave the document.
    if (event.altKey && ["ArrowLeft", "ArrowRight"].includes(event.key)) event.preventDefault();
    if (event.ctrlKey || event.metaKey || event.isComposing) return;
    const isButton = event.target.tagName === "BUTTON";
    if (event.key === "Enter" && (!isButton || event.repeat)) {
      // A form's first button would save and close, and a key that is held down would do a thing twice.
      event.preventDefault();
      if (event.target === type && !event.repeat) press("retype");
      return;
    }
    if (event.target === type) return;
    const key = event.key.toLowerCase();
    const name = (event.altKey ? "alt+" : event.shiftKey ? "shift+" : "") + key;
    if (key === "t" && !event.altKey) {
      event.preventDefault();
      type.focus();
    } else if (button(name)) {
      event.preventDefault();
      if (!event.repeat) press(name);
    }
  });

  const button = (key) => dialog.querySelector(`[data-key="${CSS.escape(key)}"]`);

  function press(key) {
    const chosen = button(key);
    if (chosen.form === form && chosen.id !== "read-turned") form.requestSubmit(chosen); else chosen.click();
  }
})();
