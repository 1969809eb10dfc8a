// Small comforts; every page works without them.
"use strict";

// An open menu closes on Escape and when the person turns elsewhere.
const openMenus = () => document.querySelectorAll("details.menu[open]");

document.addEventListener("click", (event) => {
  openMenus().forEach((menu) => {
    if (!menu.contains(event.target)) menu.open = false;
  });
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  openMenus().forEach((menu) => {
    menu.open = false;
    menu.querySelector("summary").focus();
  });
});

// After a refused form, the list of errors is read first.
document.querySelector(".error-summary")?.focus();

// A second press on a button that is already sending does nothing; a download leaves the page, so it is freed again.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post") return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "yes";
  setTimeout(() => delete form.dataset.sent, 3000);
});

window.addEventListener("pageshow", () => {
  document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent);
});

// On a phone an unused filter folds away.
if (window.matchMedia("(max-width: 575.98px)").matches) {
  document.querySelectorAll("details[data-fold]").forEach((filter) => (filter.open = false));
}

// "Select all" boxes tick the boxes named after them.
document.addEventListener("change", (event) => {
  const name = event.target.dataset.selectAll;
  if (!name) return;
  const boxes = event.target.form.querySelectorAll(`input[type="checkbox"][name="${CSS.escape(name)}"]`);
  boxes.forEach((box) => (box.checked = event.target.checked));
});

// Buttons that only make sense with JavaScript appear only with it.
document.querySelectorAll("[data-print]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
});

// Ctrl and / lead to the search box; a key alone would get in the way of voice control and of Chinese input.
document.addEventListener("keydown", (event) => {
  if (!event.ctrlKey || event.key !== "/") return;
  const box = document.querySelector("#jump-text");
  if (!box?.checkVisibility()) return;
  event.preventDefault();
  box.select();
});
