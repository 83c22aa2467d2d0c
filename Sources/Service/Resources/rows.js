// Tables as tables: from cell to cell, rows in and out, and the sums that do not hold beside their rows.
"use strict";

const rows = (() => {
  const { area } = desk;
  const cells = (row) => [...row.querySelectorAll("[data-path]")];
  const tableRows = (row) => [...row.parentElement.querySelectorAll("tr[data-place]")];

  // The cell `down` rows further, or `across` cells further in the row.
  function step(value, down, across) {
    const row = value.closest("tr");
    const column = value.closest("td").cellIndex;
    if (across) {
      const all = cells(row);
      return all[all.indexOf(value) + across];
    }
    const all = tableRows(row);
    return all[all.indexOf(row) + down]?.cells[column]?.querySelector("[data-path]");
  }

  // Arrows leave a text only at its ends, or when all of it is chosen.
  function isAtEnd(value, way) {
    if (value.tagName !== "INPUT") return false;
    const { selectionStart: start, selectionEnd: end, value: text } = value;
    if (start !== end) return start === 0 && end === text.length;
    return way < 0 ? start === 0 : end === text.length;
  }

  function insert(row) {
    if (row.classList.contains("blank")) return;
    const open = tableRows(row).find((one) => one.dataset.place.includes("[+"));
    if (open) { desk.focus(cells(open)[0]); return; }
    const blank = tableRows(row).at(-1).cloneNode(true);
    const last = blank.dataset.place, place = row.dataset.place.replace(/\[(\d+)\]$/, "[+$1]");
    blank.dataset.place = place;
    for (const part of blank.querySelectorAll("[id]")) part.id = `new-${part.id}`;
    for (const value of cells(blank)) {
      value.dataset.path = place + value.dataset.path.slice(last.length);
      value.name = `v.${value.dataset.path}`;
      value.setAttribute("aria-describedby", `${value.id}-note`);
      // The row that is copied may have been begun already.
      value.value = "";
      value.removeAttribute("aria-invalid");
      Object.assign(value, { kept: "", touched: false, settled: false, keptSettled: false, needsLook: false });
    }
    for (const error of blank.querySelectorAll(".error")) error.remove();
    row.before(blank);
    desk.focus(cells(blank)[0]);
  }

  function remove(row) {
    if (row.dataset.place.includes("[+")) {
      const next = row.nextElementSibling;
      row.remove();
      desk.focus(cells(next)[0]);
    } else if (!row.classList.contains("blank")) {
      draft.removeRow(row.dataset.place, cells(row)[0].dataset.path);
    }
  }

  area.addEventListener("keydown", (event) => {
    const value = event.target;
    const row = desk.mayEdit && value.dataset.path && value.closest("tr");
    if (!row || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const [down, across] = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[event.key]
      || [0, 0];
    if (down || across) {
      const mayLeave = event.altKey || (down ? value.tagName === "INPUT" : isAtEnd(value, across));
      const next = mayLeave && step(value, down, across);
      if (next) desk.focus(next);
      // Alt and an arrow is the browser's way back, which would leave the document.
      if (next || event.altKey) event.preventDefault();
    } else if (event.altKey && event.code === "KeyI") {
      event.preventDefault();
      insert(row);
    } else if (event.altKey && ["Delete", "Backspace"].includes(event.key)) {
      event.preventDefault();
      if (!event.repeat) remove(row);
    }
  });

  // The buttons are about the row that has the focus, and leave it there.
  area.addEventListener("mousedown", (event) => {
    if (event.target.closest("[data-row]")) event.preventDefault();
  });

  area.addEventListener("click", (event) => {
    const button = event.target.closest("[data-row]");
    const row = button && document.activeElement.closest("tr[data-place]");
    if (row && desk.mayEdit) ({ insert, remove })[button.dataset.row](row);
  });

  document.addEventListener("keydown", (event) => {
    if (document.querySelector("dialog[open]")) return;
    if (!event.altKey || event.ctrlKey || event.code !== "KeyB" || !desk.mayEdit) return;
    event.preventDefault();
    if (event.repeat) return;
    const here = document.activeElement;
    const beside = here.closest?.("tr")?.nextElementSibling?.matches(".equation")
      && here.closest("tr").nextElementSibling;
    const near = [beside, here.closest?.(".claim"), area];
    near.map((part) => part && part.querySelector(".mend")).find(Boolean)?.click();
  });

  area.addEventListener("click", (event) => {
    const mend = event.target.closest(".mend");
    const value = mend && desk.at(mend.dataset.mends);
    if (!value || !desk.mayEdit) return;
    desk.put(value, mend.dataset.value);
    desk.accept(value);
  });

  function sentence(equation) {
    const parts = [Object.assign(document.createElement("span"), { textContent: `≠ ${equation.sentence}` })];
    for (const [index, { path, value, title }] of desk.mayEdit ? equation.mends.entries() : []) {
      const button = Object.assign(document.createElement("button"),
        { type: "button", className: "mend", tabIndex: -1, textContent: `${title} ${value} would balance ` });
      Object.assign(button.dataset, { mends: path, value });
      if (index === 0) {
        for (const key of ["Alt", "B"]) button.append(Object.assign(document.createElement("kbd"), { textContent: key }), " ");
      }
      parts.push(button);
    }
    return parts;
  }

  // Shows each sum that does not hold after its row, its claim's values, or the value that it is checked against.
  function show(equations) {
    for (const old of area.querySelectorAll(".equation")) old.remove();
    for (const equation of equations) {
      const place = `[data-place="${CSS.escape(equation.place)}"]`;
      const row = area.querySelector(`tr${place}`);
      const claim = area.querySelector(`details${place} > .fields`);
      const field = desk.at(equation.place)?.closest(".field");
      if (row) {
        const line = document.createElement("tr");
        line.className = "equation";
        const cell = line.appendChild(document.createElement("td"));
        cell.colSpan = row.cells.length;
        cell.appendChild(document.createElement("div")).append(...sentence(equation));
        row.after(line);
      } else {
        const line = document.createElement("p");
        line.className = "equation";
        line.append(...sentence(equation));
        if (claim) claim.after(line); else if (field) field.after(line); else area.prepend(line);
      }
    }
  }

  return { show };
})();
