// Folded tables are printed too, and fold again afterwards.
addEventListener("beforeprint", () => {
  const folded = document.querySelectorAll("details:not([open])");
  folded.forEach((table) => { table.open = true; });
  addEventListener("afterprint", () => folded.forEach((table) => { table.open = false; }), { once: true });
});
