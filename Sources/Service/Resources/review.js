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
  let hasWorked = false;

  const values = () => [...area.querySelectorAll("[data-path]")];
  const at = (path) => area.querySelector(`[data-path="${CSS.escape(path)}"]`);
  const place = (value) => value.closest(".field, .cell");
  const doubtful = () => values().filter((value) => value.dataset.rank)
    .sort((a, b) => a.dataset.rank - b.dataset.rank);

  // draft.js, where it could be loaded. Without it the form sends all that was typed, as it stands.
  const keeper = () => typeof draft === "undefined" ? null : draft;

  // Whether the text that stands in a value is one that the server does not take.
  const isRefused = (value) => Boolean(value.error) && value.value === value.refused;

  // What the page knows of a value besides its text: `kept` is the text that the server has, `refused` the text that it
  // did not take, and `error` why.
  function adopt(value) {
    value.kept = value.value;
    if (value.hasAttribute("aria-invalid")) {
      value.refused = value.value;
      value.error = document.getElementById(`${value.id}-note`).querySelector(".error")?.textContent;
    }
    value.needsLook = Boolean(value.dataset.rank);
    value.settled = value.keptSettled = value.touched = false;
  }

  function tell() {
    const left = doubtful().filter((value) => value.needsLook && !value.settled).length;
    const looks = left === 0 ? "Nothing is left to look at" : left === 1
      ? "1 value needs a look" : `${left} values need a look`;
    const sums = openSums === 0 ? "" : openSums === 1 ? " · 1 sum does not hold" : ` · ${openSums} sums do not hold`;
    // A text that is written anew is read out anew.
    if (progress && progress.textContent !== looks + sums) progress.textContent = looks + sums;
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
    if (isRefused(value)) complain(value);
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
    // Nobody confirms a text that is refused.
    if (!isRefused(value)) settle(value);
    keeper()?.soon(0);
    next(value);
  }

  // Where the reviewer begins.
  function focusFirst() {
    const open = doubtful().find((value) => value.needsLook && !value.settled);
    const value = area.querySelector("[aria-invalid]") || open || values()[0] || confirmButton;
    if (value) focus(value);
  }

  // How sure the value is, beside it.
  function measure(value, percent) {
    const words = value.closest(".field")?.querySelector(".percent");
    if (!words) return;
    words.textContent = percent === undefined ? "missing" : `${percent}%`;
    words.parentElement.querySelector(".gauge .fill")?.setAttribute("width", percent ?? 0);
  }

  // Says beneath a value why its text is refused, for as long as that text stands there.
  function complain(value) {
    const note = document.getElementById(`${value.id}-note`);
    note.querySelector(".error")?.remove();
    if (isRefused(value)) {
      note.prepend(Object.assign(document.createElement("strong"),
        { className: "error", textContent: value.error }), " ");
      value.setAttribute("aria-invalid", "true");
    } else {
      value.removeAttribute("aria-invalid");
    }
    const isShown = (part) => !part.classList?.contains("hidden") && part.textContent.trim();
    note.classList.toggle("bare", ![...note.childNodes].some(isShown));
  }

  // What stands beneath a value: why it is refused or doubted.
  function annotate(value, doubt) {
    const note = document.getElementById(`${value.id}-note`);
    const rest = [...note.querySelectorAll(".hidden")];
    note.replaceChildren(...[doubt?.note].filter(Boolean), ...rest);
    complain(value);
    value.needsLook = Boolean(doubt?.needsLook) || isRefused(value);
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
    if (answer.anomalies !== undefined) showAnomalies(answer.anomalies);
    // What was changed last most likely broke the sum.
    const isLast = ({ path }) => answer.values.some((value) => value.path === path);
    for (const { mends } of answer.equations) mends.sort((one, other) => isLast(other) - isLast(one));
    showEquations(answer.equations);
  }

  // What is unusual about the document now, where it is other than before: it is read out then.
  function showAnomalies(html) {
    const shown = document.getElementById("anomalies");
    const now = Object.assign(document.createElement("div"), { innerHTML: html });
    if (now.innerHTML === shown.innerHTML) return;
    const hadFocus = shown.contains(document.activeElement);
    shown.replaceChildren(...now.childNodes);
    if (hadFocus) document.getElementById("confirm")?.focus();
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

  // Puts a row that is not kept yet back before the row that it was put in before.
  function restore(row, answer) {
    const former = row.dataset.place;
    const before = former.replace("[+", "[");
    const place = moved(before, answer) || before;
    const next = area.querySelector(`tr[data-place="${CSS.escape(place)}"]`);
    if (!next) return;
    row.dataset.place = place.replace(/\[(\d+)\]$/, "[+$1]");
    for (const value of row.querySelectorAll("[data-path]")) {
      value.dataset.path = row.dataset.place + value.dataset.path.slice(former.length);
      value.name = `v.${value.dataset.path}`;
    }
    next.before(row);
  }

  // Shows the values anew after rows came or went, with the focus and what was typed meanwhile where they belong.
  // `inserted`: the row that was put in and is kept now; other new rows are not yet.
  function replace(answer, inserted) {
    const had = document.activeElement?.dataset?.path && document.activeElement;
    const open = values().filter((value) =>
      value.touched || value.settled || value.value !== value.kept || isRefused(value));
    const opened = [...area.querySelectorAll("details[open]")].map((one) => one.querySelector("summary").textContent);
    const unkept = [...area.querySelectorAll('tr[data-place*="[+"]')].filter((row) => row !== inserted);
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
      if (unkept.some((row) => row.contains(old))) continue;
      const value = find(old.dataset.path);
      if (!value) continue;
      // The server's HTML shows the refused text, not what is kept.
      if (value.hasAttribute("aria-invalid")) value.kept = old.kept;
      Object.assign(value, { settled: old.settled, keptSettled: old.keptSettled, touched: old.touched, ink: old.ink,
        refused: old.refused, error: old.error });
      if (old.touched || isRefused(old)) value.value = old.value;
      paint(value);
    }
    for (const row of unkept) restore(row, answer);
    viewer.drawAll();
    const value = had && (unkept.some((row) => row.contains(had)) ? had : find(had.dataset.path));
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
    if (value.touched) keeper()?.soon(100);
    // What is on its way to the server is about to be kept.
    else if (value.value !== value.kept && !value.pending && !value.hasAttribute("aria-invalid")) {
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
    if (isRefused(value)) complain(value);
    paint(value);
    keeper()?.soon(1200);
  });

  form.addEventListener("keydown", (event) => {
    const value = event.target;
    // A key that is held down confirms one value, and never the document after the last.
    if (event.key === "Enter" && event.repeat) { event.preventDefault(); return; }
    if (!value.dataset.path || !mayEdit) return;
    if (event.key === "Enter" && !event.ctrlKey && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      hasWorked = true;
      accept(value);
    } else if (event.key === "Escape" && value.value !== value.kept && !value.pending) {
      value.value = value.kept;
      // A new row that was refused is sent again without this value.
      value.touched = value.dataset.path.includes("[+");
      complain(value);
      paint(value);
    } else if (event.altKey && !event.ctrlKey && /^Digit[1-4]$/.test(event.code)) {
      const other = place(value)?.querySelectorAll("[data-reading]")[Number(event.code.at(-1)) - 1];
      event.preventDefault();
      if (!event.repeat) other?.click();
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
    if (document.querySelector("dialog[open]")) return;
    const isCommand = (event.ctrlKey || event.metaKey) && !event.altKey;
    const letter = event.key.toLowerCase();
    const isHere = isOfDesk(event.target);
    if (event.ctrlKey && event.key === "Enter" && confirmButton && isHere) {
      event.preventDefault();
      if (!event.repeat) submission.send(confirmButton);
    } else if (isCommand && letter === "s" && mayEdit && isHere) {
      event.preventDefault();
      if (!event.repeat) submission.send(form.querySelector("button[value=save]"));
    } else if (isCommand && "zy".includes(letter) && mayEdit && isHere) {
      // What was typed since the value got the focus is the browser's own to take back.
      const value = event.target;
      const isTyping = isPlainText(value) || (value.dataset?.path && value.value !== value.atFocus);
      if (isTyping || !keeper()) return;
      event.preventDefault();
      if (letter === "z" && !event.shiftKey) draft.undo(); else draft.redo();
    } else if (event.key === "F1" || (event.key === "?" && isHere && !isText(event.target))) {
      event.preventDefault();
      keys.showModal();
    }
  });

  // The desk's keys are for its values and the pages, not for other forms of the page, nor for why a document is refused.
  const isOfDesk = (target) => target === document.body || Boolean(target.closest?.(".viewer"))
    || (form.contains(target) && !target.closest(".reject"));

  // A field that is no value of the document: there the browser's keys are as everywhere.
  const isPlainText = (target) => Boolean(target.matches?.("input, textarea, select")) && !target.dataset.path;

  // Where a question mark is part of what people type.
  const isText = (target) => ["text", "name"].includes(target.dataset?.kind) || isPlainText(target);

  document.getElementById("show-keys")?.addEventListener("click", () => keys.showModal());

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
    if (mayEdit) focusFirst();
  });

  return { form, area, mayEdit, values, at, put, settle, accept, next, focus, focusFirst, keeper, paint, complain,
    annotate, update, replace, tell };
})();
