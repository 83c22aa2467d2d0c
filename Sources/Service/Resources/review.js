// Reviewing by keyboard: from one value that needs a look to the next, and from one document to the next.
"use strict";

const desk = (() => {
  const form = document.getElementById("review");
  const area = document.getElementById("values");
  const confirmButton = document.getElementById("confirm");
  const progress = document.getElementById("progress");
  const keys = document.getElementById("keys");
  const mayEdit = Boolean(confirmButton);
  let openSums = 0;
  let isLeaving = false;
  let hasWorked = false;

  const values = () => [...area.querySelectorAll("[data-path]")];
  const at = (path) => area.querySelector(`[data-path="${CSS.escape(path)}"]`);
  const place = (value) => value.closest(".field, .cell");
  const doubtful = () => values().filter((value) => value.dataset.rank)
    .sort((a, b) => a.dataset.rank - b.dataset.rank);

  // What the page knows of a value besides its text: `kept` is the text that the server has.
  function adopt(value) {
    value.kept = value.value;
    value.needsLook = Boolean(value.dataset.rank);
    value.settled = value.keptSettled = value.touched = false;
  }

  function tell() {
    const left = doubtful().filter((value) => value.needsLook && !value.settled).length;
    const looks = left === 0 ? "Nothing is left to look at" : left === 1
      ? "1 value needs a look" : `${left} values need a look`;
    const sums = openSums === 0 ? "" : openSums === 1 ? " · 1 sum does not hold" : ` · ${openSums} sums do not hold`;
    if (progress) progress.textContent = looks + sums;
  }

  function paint(value) {
    value.classList.toggle("settled", value.settled);
    value.classList.toggle("doubtful", value.needsLook);
    value.classList.toggle("changed", value.value !== value.kept);
    const field = value.closest(".field");
    field?.classList.toggle("settled", value.settled);
    field?.classList.toggle("doubtful", value.needsLook);
  }

  function settle(value) {
    value.settled = true;
    value.touched = true;
    paint(value);
    tell();
  }

  // Puts a text into a value as if it had been typed; `ink` is `page left top right bottom`.
  function put(value, text, ink) {
    if (value.tagName === "SELECT") {
      const wanted = text.trim().toLowerCase();
      const option = [...value.options].find((one) => one.value && one.text.toLowerCase() === wanted);
      if (!option) return;
      value.value = option.value;
    } else {
      value.value = text;
    }
    value.atFocus = value.value;
    value.touched = true;
    value.settled = false;
    if (ink) {
      value.ink = ink;
      const [page, ...box] = ink.split(" ");
      value.dataset.page = page;
      value.dataset.box = box.join(" ");
      viewer.draw(value);
    }
    paint(value);
    hasWorked = true;
  }

  function focus(value) {
    value.closest("details")?.setAttribute("open", "");
    value.focus({ preventScroll: true });
    value.scrollIntoView({ block: "center" });
    if (value.select && value.tagName === "INPUT") value.select();
  }

  function next(after) {
    const order = doubtful();
    const index = order.indexOf(after);
    const value = [...order.slice(index + 1), ...order.slice(0, Math.max(0, index))]
      .find((candidate) => candidate.needsLook && !candidate.settled);
    if (value) focus(value); else confirmButton?.focus();
  }

  function accept(value) {
    settle(value);
    draft.soon(0);
    next(value);
  }

  // How sure the value is, beside it.
  function measure(value, percent) {
    const words = value.closest(".field")?.querySelector(".percent");
    if (!words) return;
    words.textContent = percent === undefined ? "missing" : `${percent}%`;
    words.parentElement.querySelector(".gauge .fill")?.setAttribute("width", percent ?? 0);
  }

  // What stands beneath a value: why it is refused or doubted.
  function annotate(value, doubt) {
    const note = document.getElementById(`${value.id}-note`);
    const rest = [...note.querySelectorAll(".hidden")];
    const error = doubt?.error && Object.assign(document.createElement("strong"),
      { className: "error", textContent: doubt.error });
    note.replaceChildren(...[error, error && " ", doubt?.note].filter(Boolean), ...rest);
    note.classList.toggle("bare", !doubt?.note && !error);
    if (error) value.setAttribute("aria-invalid", "true"); else value.removeAttribute("aria-invalid");
    value.needsLook = Boolean(doubt?.needsLook);
    if (value.needsLook && !value.dataset.rank) {
      value.dataset.rank = 1 + Math.max(0, ...values().map((one) => Number(one.dataset.rank || 0)));
    }
    paint(value);
  }

  // The document as the server has it now.
  function update(answer) {
    const doubts = new Map(answer.doubts.map((doubt) => [doubt.path, doubt]));
    for (const value of values()) annotate(value, doubts.get(value.dataset.path));
    for (const { path, percent } of answer.html ? [] : answer.values) {
      const value = at(path);
      if (value) measure(value, percent);
    }
    document.getElementById("notes").replaceChildren(...answer.notes.map((text) =>
      Object.assign(document.createElement("p"), { className: "notice quiet", textContent: text })));
    // What was changed last most likely broke the sum.
    const isLast = ({ path }) => answer.values.some((value) => value.path === path);
    for (const { mends } of answer.equations) mends.sort((one, other) => isLast(other) - isLast(one));
    showEquations(answer.equations);
  }

  function showEquations(equations) {
    openSums = equations.length;
    rows.show(equations);
    tell();
  }

  // Where a place of before stands after rows went or came; nothing when its row went.
  function moved(path, answer) {
    const shift = (text, list, by) => list.reduce((path, other) => {
      if (path === null) return null;
      const [, head, index] = other.match(/^(.*)\[(\d+)\]$/);
      const rest = path.startsWith(`${head}[`) && path.slice(head.length).match(/^\[(\d+)\](.*)$/s);
      if (!rest || Number(rest[1]) < Number(index)) return path;
      if (by < 0 && rest[1] === index) return null;
      return `${head}[${Number(rest[1]) + by}]${rest[2]}`;
    }, text);
    return shift(shift(path, [...answer.gone].reverse(), -1), answer.added, 1);
  }

  // Shows the values anew after rows came or went, with the focus and what was typed meanwhile where they belong.
  function replace(answer) {
    const had = document.activeElement?.dataset?.path && document.activeElement;
    const open = values().filter((value) => value.touched || value.settled || value.value !== value.kept);
    const opened = [...area.querySelectorAll("details[open]")].map((one) => one.querySelector("summary").textContent);
    // A row that was put in has got its place for good.
    const find = (path) => {
      const now = path.includes("[+") ? path.replace("[+", "[") : moved(path, answer);
      return now && at(now);
    };
    const scroll = document.querySelector(".desk").scrollTop;
    const sides = [...area.querySelectorAll(".scroll")].map((one) => one.scrollLeft);
    area.innerHTML = answer.html;
    [...area.querySelectorAll(".scroll")].forEach((one, index) => { one.scrollLeft = sides[index] || 0; });
    for (const one of area.querySelectorAll("details")) {
      if (opened.includes(one.querySelector("summary").textContent)) one.open = true;
    }
    values().forEach(adopt);
    for (const old of open) {
      const value = find(old.dataset.path);
      if (!value) continue;
      Object.assign(value, { settled: old.settled, keptSettled: old.keptSettled, touched: old.touched, ink: old.ink });
      if (old.touched) value.value = old.value;
      paint(value);
    }
    viewer.drawAll();
    const value = had && find(had.dataset.path);
    if (value) {
      value.focus({ preventScroll: true });
      if (value.setSelectionRange && had.selectionStart !== null) {
        value.setSelectionRange(had.selectionStart, had.selectionEnd);
      }
    }
    document.querySelector(".desk").scrollTop = scroll;
  }

  form.addEventListener("focusin", (event) => {
    const value = event.target;
    if (!value.dataset.path) return;
    value.atFocus = value.value;
    viewer.show(value);
  });

  form.addEventListener("focusout", (event) => {
    const value = event.target;
    if (!value.dataset.path) return;
    if (value.touched) draft.soon(100);
    else if (value.value !== value.kept && !value.hasAttribute("aria-invalid")) {
      value.value = value.kept;
      paint(value);
    }
  });

  form.addEventListener("input", (event) => {
    const value = event.target;
    hasWorked = true;
    if (!value.dataset.path) return;
    value.touched = true;
    value.settled = false;
    paint(value);
    draft.soon(1200);
  });

  form.addEventListener("keydown", (event) => {
    const value = event.target;
    if (!value.dataset.path || !mayEdit) return;
    if (event.key === "Enter" && !event.ctrlKey && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      hasWorked = true;
      accept(value);
    } else if (event.key === "Escape" && value.value !== value.kept) {
      value.value = value.kept;
      value.touched = false;
      paint(value);
    } else if (event.altKey && !event.ctrlKey && /^Digit[1-4]$/.test(event.code)) {
      const other = place(value)?.querySelectorAll("[data-reading]")[Number(event.code.at(-1)) - 1];
      event.preventDefault();
      other?.click();
    }
  });

  area.addEventListener("mousedown", (event) => {
    if (event.target.closest("[data-reading]")) event.preventDefault();
  });

  area.addEventListener("click", (event) => {
    const other = event.target.closest("[data-reading]");
    const value = other && place(other).querySelector("[data-path]");
    if (!value || !mayEdit) return;
    put(value, other.dataset.reading);
    accept(value);
  });

  document.addEventListener("keydown", (event) => {
    const isCommand = (event.ctrlKey || event.metaKey) && !event.altKey;
    const letter = event.key.toLowerCase();
    if (event.ctrlKey && event.key === "Enter" && confirmButton) {
      event.preventDefault();
      form.requestSubmit(confirmButton);
    } else if (isCommand && letter === "s" && mayEdit) {
      event.preventDefault();
      form.requestSubmit(form.querySelector("button[value=save]"));
    } else if (isCommand && "zy".includes(letter) && mayEdit && !keys.open) {
      // What was typed since the value got the focus is the browser's own to take back.
      const value = event.target;
      const isTyping = value.id === "note" || (value.dataset?.path && value.value !== value.atFocus);
      if (isTyping) return;
      event.preventDefault();
      if (letter === "z" && !event.shiftKey) draft.undo(); else draft.redo();
    } else if (event.key === "F1" || (event.key === "?" && !isText(event.target))) {
      event.preventDefault();
      keys.showModal();
    }
  });

  // Where a question mark is part of what people type.
  const isText = (target) => ["text", "name"].includes(target.dataset?.kind) || target.id === "note";

  document.getElementById("show-keys")?.addEventListener("click", () => keys.showModal());

  // A form is sent once all that was typed is kept, so that a lost connection never takes a page away.
  let isSending = false;
  form.addEventListener("submit", async (event) => {
    if (isLeaving) return;
    event.preventDefault();
    if (isSending) return;
    isSending = true;
    const isKept = await draft.flush();
    isSending = false;
    const settles = !["reject", "release"].includes(event.submitter?.value);
    const refused = settles && area.querySelector("[aria-invalid]");
    if (refused) focus(refused);
    if (!isKept || refused) return;
    for (const value of values()) value.value = value.kept;
    isLeaving = true;
    form.requestSubmit(event.submitter);
  });
  window.addEventListener("pageshow", () => { isLeaving = false; });

  window.addEventListener("beforeunload", (event) => {
    if (!isLeaving && values().some((value) => value.touched || value.hasAttribute("aria-invalid"))) event.preventDefault();
  });

  // The task stays the reviewer's while they work on it.
  const renewMilliseconds = 4 * 60 * 1000;
  setInterval(() => {
    if (!hasWorked || !mayEdit) return;
    hasWorked = false;
    const body = new URLSearchParams({ form_token: form.elements.namedItem("form_token").value });
    fetch(form.dataset.renew, { method: "POST", body, redirect: "manual" }).catch(() => { hasWorked = true; });
  }, renewMilliseconds);

  values().forEach(adopt);
  window.addEventListener("DOMContentLoaded", () => {
    showEquations(JSON.parse(form.dataset.equations));
    const refused = area.querySelector("[aria-invalid]");
    if (mayEdit) focus(refused || doubtful()[0] || values()[0] || confirmButton);
  });

  return { form, area, mayEdit, values, at, put, settle, accept, next, focus, paint, annotate, update, replace, tell };
})();
