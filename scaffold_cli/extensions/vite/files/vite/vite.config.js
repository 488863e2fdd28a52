import { defineConfig } from "vite";

const port = 5173;

export default defineConfig({
  base: "./", // the application may be mounted anywhere
  build: {
    outDir: "../{{ cookiecutter.package }}/static/vite",
    emptyOutDir: true,
    manifest: "manifest.json",
    rolldownOptions: { input: "src/main.js" },
  },
  server: {
    port,
    strictPort: true,
    origin: `http://localhost:${port}`, // where pictures in styles come from
  },
});
