"use strict";

const output = document.getElementById("visitors");
const socket = io({ path: output.dataset.path, transports: ["websocket"] });

socket.on("visitors", (number) => {
  output.textContent = number;
});

socket.on("disconnect", () => {
  output.textContent = "…";
});

socket.on("notice", (text) => {
  const item = document.createElement("li");
  item.textContent = text;
  document.getElementById("notices").append(item);
});

// Whoever is silent for long is no longer counted.
setInterval(() => socket.volatile.emit("here"), 30_000);
