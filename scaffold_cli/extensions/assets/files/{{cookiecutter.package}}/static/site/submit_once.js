// Sends a form once, however often its button is pressed.
document.addEventListener("submit", (event) => {
  if (event.target.dataset.sent) {
    event.preventDefault();
  } else if (!event.defaultPrevented) {
    event.target.dataset.sent = "yes";
  }
});

// Who comes back to a page may send its form again.
window.addEventListener("pageshow", () => {
  for (const form of document.forms) {
    delete form.dataset.sent;
  }
});
