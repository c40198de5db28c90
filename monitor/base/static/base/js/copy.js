// A button that copies a text field; without this script the field itself can be selected.
"use strict";

for (const button of document.querySelectorAll("[data-copy]")) {
  const field = document.getElementById(button.dataset.copy);
  const told = button.parentElement.querySelector("[data-copied]");
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(field.value);
      told.textContent = "Gekopieerd.";
    } catch {
      field.select();
      told.textContent = "De tekst is geselecteerd. Kopieer haar met Ctrl+C.";
    }
  });
}
