// Looks ahead while the reviewer works: has the next document's pages fetched, and tells the day's figures.
"use strict";

const ahead = (() => {
  if (!desk.mayEdit) return { show() { return false; } };
  // This document comes first: the next one is looked for once this one is drawn.
  const pauseMilliseconds = 200;
  // Kept here, for what nobody holds is fetched no further.
  const pages = [];
  let task = null;

  async function look() {
    const response = await fetch(desk.form.dataset.ahead, { redirect: "manual" }).catch(() => null);
    if (!response?.ok) return;
    const { task: next, images, is_upright: isUpright, waiting, settled_today: settled, median_seconds: median } = await response.json();
    const age = (seconds) => seconds < 100 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
    const words = [`${waiting} waiting`, `${settled} settled by you today`];
    if (median !== undefined) words.push(`${age(median)} each`);
    document.getElementById("figures").textContent = `· ${words.join(" · ")}`;
    for (const src of images) pages.push(Object.assign(new Image(), { src }));
    if (!isUpright) return;
    // Decoded ahead too, so that it can be shown at once.
    await pages[0].decode();
    task = `/tasks/${next}`;
  }

  // Shows the first page of the task at `address`, which is on its way; says whether it could.
  function show(address) {
    if (address !== task) return false;
    viewer.showAlone(pages[0]);
    return true;
  }

  window.addEventListener("load", () => setTimeout(() => look().catch(() => {}), pauseMilliseconds));

  return { show };
})();
