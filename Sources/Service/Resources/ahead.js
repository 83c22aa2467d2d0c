// Looks ahead while the reviewer works: has the next document's pages fetched, and tells the day's figures.
"use strict";

(() => {
  if (!desk.mayEdit) return;
  // This document comes first: the next one is looked for once this one is drawn.
  const pauseMilliseconds = 200;
  // Kept here, for what nobody holds is fetched no further.
  const pages = [];

  async function look() {
    const response = await fetch(desk.form.dataset.ahead, { redirect: "manual" }).catch(() => null);
    if (!response?.ok) return;
    const { images, waiting, settled_today: settled, median_seconds: median } = await response.json();
    const age = (seconds) => seconds < 100 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
    const words = [`${waiting} waiting`, `${settled} settled by you today`];
    if (median !== undefined) words.push(`${age(median)} each`);
    document.getElementById("figures").textContent = `· ${words.join(" · ")}`;
    for (const src of images) pages.push(Object.assign(new Image(), { src }));
  }

  window.addEventListener("load", () => setTimeout(look, pauseMilliseconds));
})();
