// Deciding an approval by keyboard, with the ink of its amount in view.
"use strict";

(() => {
  const values = document.querySelector("[data-evidence]");
  const paths = values ? values.dataset.evidence.split(" ").filter(Boolean) : [];
  const inked = paths.map((path) => values.querySelector(`[data-path="${CSS.escape(path)}"]`)).find(Boolean);
  const image = document.querySelector(".sheet img");
  if (inked) {
    viewer.show(inked);
    // Where the ink is on the screen is known once the page has its size.
    image?.addEventListener("load", () => viewer.show(inked), { once: true });
  }

  const approve = document.querySelector("#approve button");
  const reason = document.getElementById("reason");

  let isSent = false;
  for (const form of document.querySelectorAll(".actions form")) {
    form.addEventListener("submit", (event) => {
      if (isSent) event.preventDefault();
      isSent = true;
    });
  }

  document.addEventListener("keydown", (event) => {
    if (event.repeat) return;
    if (approve && event.key === "Enter" && event.ctrlKey && !event.altKey) {
      event.preventDefault();
      approve.form.requestSubmit(approve);
    } else if (reason && event.key.toLowerCase() === "x" && event.altKey && !event.ctrlKey) {
      event.preventDefault();
      reason.focus();
    }
  });
})();
