// Lets visitors put messages away.
document.querySelectorAll(".flash").forEach((message) => {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "close";
  button.textContent = "\u00d7";
  button.setAttribute("aria-label", "Put away");
  button.addEventListener("click", () => message.remove());
  message.append(button);
});
