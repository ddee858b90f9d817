// On a narrow window the theme's menus slide over the page: give them the focus, and Escape closes them.

document.addEventListener("DOMContentLoaded", () => {
  for (const side of ["primary", "secondary"]) {
    const menu = document.querySelector(`.bd-sidebar-${side}`);
    const state = document.querySelector(`#pst-${side}-sidebar-checkbox`);
    const button = document.querySelector(`button.${side}-toggle`);
    if (!menu || !state || !button) continue;
    const isOpen = () => state.checked && getComputedStyle(menu).position === "fixed";
    button.addEventListener("click", () => requestAnimationFrame(() => {
      if (isOpen()) menu.querySelector("a[href]")?.focus({ preventScroll: true });
    }));
    menu.addEventListener("keydown", ({ key }) => {
      if (key !== "Escape" || !isOpen()) return;
      state.checked = false;
      button.focus();
    });
  }
});
