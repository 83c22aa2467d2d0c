// Keying values from the page: from one to the next by Enter, the ink of each in view. Without this script the form works
// as a plain form does.
"use strict";

(() => {
  const form = document.getElementById("keying");
  // Without what asks after the session it is a plain form too.
  if (!form || typeof session === "undefined") return;
  const values = [...form.querySelectorAll("[data-path]")];
  const give = document.getElementById("give");
  const none = (value) => form.elements.namedItem(`none.${value.dataset.path}`);
  const typed = (value) => [...form.querySelectorAll("input[type=radio]")]
    .find((one) => one.name === `c.${value.dataset.path}` && one.value === "typed");
  let hasWorked = false, isAsking = false, isReady = false, isSent = false;

  function focus(value) {
    value.focus({ preventScroll: true });
    value.scrollIntoView({ block: "center" });
  }

  // Which value the focus is about, be it in the value itself or in what stands beside it.
  const about = (target) => target.closest(".field, .key")?.querySelector("[data-path]");

  form.addEventListener("focusin", (event) => {
    const value = about(event.target);
    if (value) viewer.show(value);
  });

  form.addEventListener("input", (event) => {
    hasWorked = true;
    const value = about(event.target);
    if (!value) return;
    if (event.target === value && value.value) {
      if (none(value)) none(value).checked = false;
      if (typed(value)) typed(value).checked = true;
    } else if (event.target === none(value) && event.target.checked) {
      value.value = "";
    }
  });

  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing) return;
    if (event.ctrlKey) {
      event.preventDefault();
      if (!event.repeat) form.requestSubmit(give);
      return;
    }
    const value = about(event.target);
    if (!value) return;
    event.preventDefault();
    if (event.repeat) return;
    const next = values[values.indexOf(value) + 1];
    if (next) focus(next); else give.focus();
  });

  // Whether the person is still signed in; says it when they are not, for a form that is sent would come back empty.
  async function isHere() {
    const problem = await session.problem(form.dataset.person);
    session.say(...problem || [""]);
    return !problem;
  }

  // Exactly one goes out, however often a key is pressed.
  form.addEventListener("submit", async (event) => {
    if (isReady && !isSent) {
      isSent = true;
      return;
    }
    event.preventDefault();
    if (isAsking || isSent) return;
    isAsking = true;
    const { submitter } = event;
    // A form that is just telling of its submission takes no other.
    await new Promise((resolve) => { setTimeout(resolve); });
    isReady = await isHere();
    if (isReady) form.requestSubmit(submitter);
    isAsking = isReady = false;
  });
  window.addEventListener("pageshow", () => { isSent = false; });
  window.addEventListener("beforeunload", (event) => {
    // key-draft.js, where it could be loaded, keeps what is typed.
    const isOpen = typeof keyDraft !== "undefined" && keyDraft
      ? !keyDraft.isKept() : values.some((value) => value.value !== value.defaultValue);
    if (!isSent && isOpen) event.preventDefault();
  });

  // The task stays the person's while they work on it.
  const renewMilliseconds = 4 * 60 * 1000;
  setInterval(() => {
    if (!hasWorked) return;
    hasWorked = false;
    const body = new URLSearchParams({ form_token: form.elements.namedItem("form_token").value });
    fetch(form.dataset.renew, { method: "POST", body, redirect: "manual" })
      .then((response) => response.ok || isHere()).catch(() => { hasWorked = true; });
  }, renewMilliseconds);

  // Back from signing in again.
  window.addEventListener("focus", () => {
    if (document.getElementById("connection").textContent && !isSent) isHere();
  });

  const first = form.querySelector("[aria-invalid]") || form.querySelector("input[type=radio]") || values[0];
  if (first) focus(first);
})();
