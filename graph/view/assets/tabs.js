"use strict";
/* The tabs; loaded before the views, so that a panel has its size before something is drawn in it. */
(({ byId, state, on, change }) => {
  const tabs = [...document.querySelectorAll("[role=tab]")];
  for (const tab of tabs) {
    tab.addEventListener("click", () => {
      if (state.view !== tab.dataset.view) change({ view: tab.dataset.view });
    });
    tab.addEventListener("keydown", (e) => {
      const way = { ArrowRight: 1, ArrowLeft: -1 }[e.key];
      const to =
        e.key === "Home"
          ? 0
          : e.key === "End"
            ? tabs.length - 1
            : way && (tabs.indexOf(tab) + way + tabs.length) % tabs.length;
      if (to === undefined) return;
      e.preventDefault();
      tabs[to].focus();
      tabs[to].click();
    });
  }
  const showView = () => {
    for (const tab of tabs) {
      const chosen = tab.dataset.view === state.view;
      tab.setAttribute("aria-selected", String(chosen));
      tab.tabIndex = chosen ? 0 : -1;
      byId(`view-${tab.dataset.view}`).hidden = !chosen;
    }
  };
  on("view", showView);
})(window.diplograph);
