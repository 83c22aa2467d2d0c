// Reviewing by keyboard: from one value that needs a look to the next, and from one document to the next.
"use strict";

(() => {
  const form = document.getElementById("review");
  const confirmButton = document.getElementById("confirm");
  const progress = document.getElementById("progress");
  const keys = document.getElementById("keys");
  const values = [...form.querySelectorAll("[data-path]")];
  const doubtful = values.filter((value) => value.dataset.rank).sort((a, b) => a.dataset.rank - b.dataset.rank);
  const original = new Map(values.map((value) => [value, value.value]));
  const settled = new Set();
  let isLeaving = false;
  let hasWorked = false;

  const isChanged = (value) => value.value !== original.get(value);

  function tell() {
    const left = doubtful.filter((value) => !settled.has(value)).length;
    progress.textContent = left === 0 ? "Nothing is left to look at" : left === 1
      ? "1 value needs a look" : `${left} values need a look`;
  }

  function settle(value) {
    settled.add(value);
    value.classList.add("settled");
    value.closest(".field")?.classList.add("settled");
    const name = `ok.${value.dataset.path}`;
    if (form.elements.namedItem(name) || value.value === "") return;
    const mark = Object.assign(document.createElement("input"), { type: "hidden", name, value: "1" });
    form.append(mark);
  }

  function focus(value) {
    value.closest("details")?.setAttribute("open", "");
    value.focus({ preventScroll: true });
    value.scrollIntoView({ block: "center" });
    if (value.select && value.tagName === "INPUT") value.select();
  }

  function next(after) {
    const place = doubtful.indexOf(after);
    const order = [...doubtful.slice(place + 1), ...doubtful.slice(0, Math.max(0, place))];
    const value = order.find((candidate) => !settled.has(candidate));
    if (value) focus(value); else confirmButton?.focus();
  }

  form.addEventListener("focusin", (event) => {
    if (event.target.dataset.path) viewer.show(event.target);
  });

  form.addEventListener("input", (event) => {
    hasWorked = true;
    if (event.target.dataset.path) event.target.classList.toggle("changed", isChanged(event.target));
  });

  form.addEventListener("keydown", (event) => {
    const value = event.target;
    if (event.key === "Enter" && !event.ctrlKey && !event.shiftKey && value.dataset.path && !event.isComposing) {
      event.preventDefault();
      hasWorked = true;
      settle(value);
      tell();
      next(value);
    }
    if (event.key === "Escape" && value.dataset.path && isChanged(value)) {
      value.value = original.get(value);
      value.classList.remove("changed");
    }
  });

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey && event.key === "Enter" && confirmButton) {
      event.preventDefault();
      form.requestSubmit(confirmButton);
    } else if (event.ctrlKey && event.key === "s" && confirmButton) {
      event.preventDefault();
      form.requestSubmit(form.querySelector("button[value=save]"));
    } else if (event.key === "F1" || (event.key === "?" && !isText(event.target))) {
      event.preventDefault();
      keys.showModal();
    }
  });

  // Where a question mark is part of what people type.
  const isText = (target) => ["text", "name"].includes(target.dataset?.kind) || target.id === "note";

  document.getElementById("show-keys")?.addEventListener("click", () => keys.showModal());

  let isSending = false;
  form.addEventListener("submit", (event) => {
    if (isSending) { event.preventDefault(); return; }
    isSending = true;
    isLeaving = true;
  });
  window.addEventListener("pageshow", () => { isSending = false; isLeaving = false; });

  window.addEventListener("beforeunload", (event) => {
    if (!isLeaving && values.some(isChanged)) event.preventDefault();
  });

  // The task stays the reviewer's while they work on it.
  const renewMilliseconds = 4 * 60 * 1000;
  setInterval(() => {
    if (!hasWorked || !confirmButton) return;
    hasWorked = false;
    const body = new URLSearchParams({ form_token: form.elements.namedItem("form_token").value });
    fetch(form.dataset.renew, { method: "POST", body, redirect: "manual" }).catch(() => { hasWorked = true; });
  }, renewMilliseconds);

  const refused = form.querySelector("[aria-invalid]");
  if (confirmButton) focus(refused || doubtful[0] || values[0] || confirmButton);
})();
