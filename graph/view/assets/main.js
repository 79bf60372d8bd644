"use strict";
/* Theme, help, and the start. */
(({ byId, look, on, back, restart }, app) => {
  const paint = () => {
    document.documentElement.dataset.theme = look.dark ? "dark" : "light";
    byId("theme").textContent = look.dark ? "Light" : "Dark";
  };
  on("look", paint);
  const setDark = (dark) => {
    look.dark = dark;
    app.tell("look");
  };
  byId("theme").addEventListener("click", () => setDark(!look.dark));
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", (e) => setDark(e.matches));
  byId("back").addEventListener("click", back);
  byId("filters-toggle").addEventListener("click", (e) => {
    const open = document.body.classList.toggle("filters");
    e.currentTarget.setAttribute("aria-expanded", String(open));
  });
  document.addEventListener("keydown", (e) => {
    if (e.target.matches("input, textarea, select") || e.ctrlKey || e.metaKey || e.altKey) return;
    if (e.key === "/") {
      e.preventDefault();
      byId("search").focus();
    }
    if (e.key === "Backspace") {
      e.preventDefault();
      back();
    }
    if (e.key === "?") {
      e.preventDefault();
      help();
    }
  });
  const help = () => {
    byId("help").showModal();
    byId("help").scrollTop = 0;
  };
  byId("help-open").addEventListener("click", help);
  paint();
  app.marks.start();
  restart();
  app.startNetwork();
  document.documentElement.dataset.ready = "yes";
})(window.diplograph, window.diplograph);
