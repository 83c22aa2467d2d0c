// Puts the text of a chosen file into the field, where it can be read before it is tried.
"use strict";

document.getElementById("file").addEventListener("change", async ({ target }) => {
  const [file] = target.files;
  const text = document.getElementById("text");
  if (!file) return;
  text.value = await file.text();
  text.focus();
});
document.getElementById("from-file").hidden = false;
