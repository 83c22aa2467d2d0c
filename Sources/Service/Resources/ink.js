// Pointing at the ink: a click on a word of the page, or a frame drawn around several, fills the value that has the focus.
"use strict";

(() => {
  const sheets = document.querySelector(".sheets");
  if (!sheets || !desk.mayEdit) return;
  const wordsByPage = new Map();
  const hint = document.querySelector(".tools").appendChild(
    Object.assign(document.createElement("span"), { className: "fills" }));
  document.querySelector(".tools .zoom").before(hint);
  let drag = null;

  function words(page) {
    if (!wordsByPage.has(page)) {
      const found = fetch(`/documents/${desk.form.dataset.document}/pages/${page}/words`, { redirect: "manual" })
        .then((response) => response.ok ? response.json() : { words: [] })
        .then((answer) => answer.words)
        .catch(() => { wordsByPage.delete(page); return []; });
      wordsByPage.set(page, found);
    }
    return wordsByPage.get(page);
  }

  const target = () => document.activeElement?.dataset?.path ? document.activeElement : null;

  function tell() {
    const value = target();
    sheets.classList.toggle("filling", Boolean(value));
    hint.replaceChildren();
    if (value) {
      hint.append("A click fills ", Object.assign(document.createElement("b"),
        { textContent: value.getAttribute("aria-label") }));
    }
  }
  document.addEventListener("focusin", tell);
  document.addEventListener("focusout", () => setTimeout(tell, 0));

  // The page's pixel beneath the pointer: the turn of the view is taken back about the middle, then the scale.
  function point(event, sheet) {
    const frame = sheet.querySelector("svg").getBoundingClientRect();
    const turn = Number(sheet.dataset.turn), width = Number(sheet.dataset.width), height = Number(sheet.dataset.height);
    const right = event.clientX - frame.left - frame.width / 2, down = event.clientY - frame.top - frame.height / 2;
    const [x, y] = { 90: [down, -right], 180: [-right, -down], 270: [-down, right] }[turn] || [right, down];
    const isSideways = turn % 180 !== 0;
    const scale = width / (isSideways ? frame.height : frame.width);
    const scaleDown = height / (isSideways ? frame.width : frame.height);
    return { x: width / 2 + x * scale, y: height / 2 + y * scaleDown, scale };
  }

  const isAt = ({ box: [left, top, right, bottom] }, { x, y }, near) =>
    x >= left - near && x <= right + near && y >= top - near && y <= bottom + near;

  // A frame takes the words whose middle it holds.
  const isWithin = ({ box: [left, top, right, bottom] }, [from, to]) => {
    const x = (left + right) / 2, y = (top + bottom) / 2;
    return x >= Math.min(from.x, to.x) && x <= Math.max(from.x, to.x)
      && y >= Math.min(from.y, to.y) && y <= Math.max(from.y, to.y);
  };

  function draw(sheet, kind, [left, top, right, bottom]) {
    const svg = sheet.querySelector("svg");
    const rect = svg.querySelector(`.${kind}`)
      || svg.appendChild(document.createElementNS("http://www.w3.org/2000/svg", "rect"));
    const values = { class: kind, x: left, y: top, width: right - left, height: bottom - top };
    for (const [name, value] of Object.entries(values)) rect.setAttribute(name, value);
  }

  const clear = (kind) => { for (const rect of sheets.querySelectorAll(`.${kind}`)) rect.remove(); };

  sheets.addEventListener("pointerdown", (event) => {
    const sheet = event.target.closest(".sheet");
    if (!sheet || !target() || event.button !== 0 || event.ctrlKey || event.metaKey) return;
    // The value keeps the focus.
    event.preventDefault();
    if (event.pointerType !== "touch") sheets.setPointerCapture(event.pointerId);
    words(sheet.dataset.page);
    drag = { sheet, from: point(event, sheet), value: target(), isMoved: false };
  });
  sheets.addEventListener("mousedown", (event) => { if (drag) event.preventDefault(); });

  sheets.addEventListener("pointermove", async (event) => {
    if (drag) {
      const to = point(event, drag.sheet), { from } = drag;
      drag.isMoved ||= Math.hypot(to.x - from.x, to.y - from.y) > 5 * to.scale;
      if (drag.isMoved && event.pointerType !== "touch") {
        draw(drag.sheet, "frame", [Math.min(from.x, to.x), Math.min(from.y, to.y), Math.max(from.x, to.x),
          Math.max(from.y, to.y)]);
      }
      return;
    }
    const sheet = event.target.closest?.(".sheet");
    if (!sheet || !target()) { clear("word"); return; }
    const place = point(event, sheet);
    const word = (await words(sheet.dataset.page)).find((one) => isAt(one, place, 2));
    clear("word");
    if (word) draw(sheet, "word", word.box);
  });
  sheets.addEventListener("pointerleave", () => clear("word"));
  sheets.addEventListener("pointercancel", () => { drag = null; clear("frame"); });

  sheets.addEventListener("pointerup", async (event) => {
    if (!drag) return;
    const { sheet, from, value, isMoved } = drag;
    const to = point(event, sheet);
    drag = null;
    clear("frame");
    if (isMoved && event.pointerType === "touch") return;
    const all = await words(sheet.dataset.page);
    const chosen = isMoved ? all.filter((one) => isWithin(one, [from, to]))
      : all.filter((one) => isAt(one, to, 6)).slice(0, 1);
    if (chosen.length) fill(value, sheet.dataset.page, chosen, event.shiftKey);
  });

  function fill(value, page, chosen, isAdded) {
    const boxes = chosen.map((one) => one.box);
    let text = chosen.map((one) => one.text).join(" ");
    if (isAdded && value.value) {
      text = `${value.value} ${text}`;
      if (value.dataset.box && value.dataset.page === page) boxes.push(value.dataset.box.split(" ").map(Number));
    }
    const [left, top, right, bottom] = [0, 1, 2, 3].map((edge) =>
      Math.round((edge < 2 ? Math.min : Math.max)(...boxes.map((box) => box[edge]))));
    desk.put(value, text, `${page} ${left} ${top} ${right} ${bottom}`);
    draft.soon(0);
  }
})();
