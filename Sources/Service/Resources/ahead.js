// Looks ahead while the reviewer works: has the next document's pages fetched, and tells the day's figures.
"use strict";

(async () => {
  if (!desk.mayEdit) return;
  const response = await fetch(desk.form.dataset.ahead, { redirect: "manual" }).catch(() => null);
  if (!response?.ok) return;
  const { images, waiting, settled_today: settled, median_seconds: median } = await response.json();
  const age = (seconds) => seconds < 100 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
  const words = [`${waiting} waiting`, `${settled} settled by you today`];
  if (median !== undefined) words.push(`${age(median)} each`);
  document.getElementById("figures").textContent = `· ${words.join(" · ")}`;
  // Kept here, for what nobody holds is fetched no further.
  const pages = [];
  const fetchAll = () => { for (const src of images) pages.push(Object.assign(new Image(), { src })); };
  if (document.readyState === "complete") fetchAll(); else window.addEventListener("load", fetchAll);
})();
