// The page viewer: zoom, page links, and showing the place that a value was read from.
"use strict";

const viewer = (() => {
  const sheets = document.querySelector(".sheets");
  if (!sheets) return { show() {}, showAlone() {}, draw() {}, drawAll() {} };
  const zoomMin = 0.3, zoomMax = 5;
  let zoom = 1;

  function setZoom(next) {
    const centre = (sheets.scrollTop + sheets.clientHeight / 2) / Math.max(1, sheets.scrollHeight);
    zoom = Math.min(zoomMax, Math.max(zoomMin, next));
    sheets.style.setProperty("--zoom", zoom);
    sheets.scrollTop = centre * sheets.scrollHeight - sheets.clientHeight / 2;
  }

  function wholePage() {
    const sheet = currentSheet();
    const upright = Number(sheet.dataset.height) / Number(sheet.dataset.width);
    const ratio = Number(sheet.dataset.turn) % 180 ? 1 / upright : upright;
    setZoom((sheets.clientHeight - 16) / ((sheets.clientWidth - 24) * ratio));
    sheet.scrollIntoView({ block: "start" });
  }

  const all = () => [...sheets.querySelectorAll(".sheet")];

  function currentSheet() {
    const middle = sheets.getBoundingClientRect().top + sheets.clientHeight / 2;
    return all().find((sheet) => sheet.getBoundingClientRect().bottom > middle) || all().at(-1);
  }

  function step(by) {
    const index = all().indexOf(currentSheet()) + by;
    all()[Math.min(all().length - 1, Math.max(0, index))].scrollIntoView({ block: "start" });
  }

  const actions = {
    in: () => setZoom(zoom * 1.25), out: () => setZoom(zoom / 1.25),
    width: () => setZoom(1), page: wholePage,
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-zoom]");
    if (button) actions[button.dataset.zoom]();
    const link = event.target.closest(".pages a");
    if (link) {
      event.preventDefault();
      document.getElementById(`page-${link.dataset.page}`).scrollIntoView({ block: "start" });
    }
    const isFilling = sheets.classList.contains("filling") && !event.ctrlKey && !event.metaKey;
    const mark = !isFilling && event.target.closest(".mark");
    const input = mark && document.getElementById(mark.dataset.input);
    if (input) {
      input.closest("details")?.setAttribute("open", "");
      input.scrollIntoView({ block: "center" });
      input.focus({ preventScroll: true });
      select(input.id);
    }
  });

  document.addEventListener("keydown", (event) => {
    if (document.querySelector("dialog[open]")) return;
    if (!event.altKey || event.ctrlKey || event.metaKey) return;
    const act = { "+": actions.in, "=": actions.in, "-": actions.out, 0: actions.width,
      PageDown: () => step(1), PageUp: () => step(-1) }[event.key];
    if (act) { event.preventDefault(); act(); }
  });

  function select(id) {
    for (const mark of sheets.querySelectorAll(".mark.chosen")) mark.classList.remove("chosen");
    const mark = id && sheets.querySelector(`.mark[data-input="${CSS.escape(id)}"]`);
    mark?.classList.add("chosen");
    return mark;
  }

  const marginPixels = 6;

  // Marks the place of an input's value, a little larger than its box so that the mark does not touch the ink.
  function draw(input) {
    sheets.querySelector(`.mark[data-input="${CSS.escape(input.id)}"]`)?.remove();
    add(input);
  }

  function add(input) {
    const svg = input.dataset.box && document.querySelector(`#page-${input.dataset.page} svg`);
    if (!svg) return;
    const [left, top, right, bottom] = input.dataset.box.split(" ").map(Number);
    const mark = document.createElementNS("http://www.w3.org/2000/svg", "rect");
    const level = ["doubtful", "fair", "sure"].find((one) => input.classList.contains(one));
    const values = { class: `mark ${level}`, x: left - marginPixels, y: top - marginPixels,
      width: right - left + 2 * marginPixels, height: bottom - top + 2 * marginPixels };
    for (const [name, value] of Object.entries(values)) mark.setAttribute(name, value);
    mark.dataset.input = input.id;
    mark.classList.toggle("chosen", input === document.activeElement);
    const title = document.createElementNS("http://www.w3.org/2000/svg", "title");
    title.textContent = `${input.getAttribute("aria-label")}: ${input.value}`;
    mark.append(title);
    svg.append(mark);
  }

  function drawAll() {
    for (const mark of sheets.querySelectorAll(".mark")) mark.remove();
    for (const input of document.querySelectorAll("[data-path][data-box]")) add(input);
  }
  drawAll();

  // Marks the value of an input and brings its place into view.
  function show(input) {
    const mark = select(input.id);
    if (!mark) return;
    const frame = sheets.getBoundingClientRect(), box = mark.getBoundingClientRect();
    const left = box.left + box.width / 2 - frame.left - frame.width / 2;
    const top = box.top + box.height / 2 - frame.top - frame.height / 2;
    const isNear = box.top > frame.top + 60 && box.bottom < frame.bottom - 60
      && box.left > frame.left && box.right < frame.right;
    // A page that is just opened begins where its first value stands.
    const glides = document.readyState === "complete" && !reduced();
    if (!isNear) sheets.scrollBy({ left, top, behavior: glides ? "smooth" : "auto" });
  }

  // Shows one image in place of the pages, from its top.
  function showAlone(image) {
    const sheet = Object.assign(document.createElement("figure"), { className: "sheet" });
    sheet.append(image);
    sheets.replaceChildren(sheet);
    setZoom(1);
    sheets.scrollTo(0, 0);
  }

  const reduced = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

  return { show, showAlone, draw, drawAll };
})();
