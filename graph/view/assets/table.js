"use strict";
/* The shown events as a table: what the pictures show, for those who do not look at pictures. */
(({ data, byId, element, many, state, on, shown }, app) => {
  const PAGE = 200;
  const place = (e) => (e.place === null ? "" : data.places[e.place].name);
  const COLUMNS = [
    { name: "Event", value: (e) => e.label, cell: (e) => app.eventLink(e) },
    { name: "Class", value: (e) => e.class, cell: (e) => e.class },
    { name: "Status", value: (e) => e.status, cell: (e) => app.badge(e.status) },
    { name: "Date", value: (e) => e.date || "", cell: (e) => e.date || "" },
    { name: "Place", value: place, cell: (e) => element("bdi", {}, place(e)) },
    { name: "First report", value: (e) => first(e), cell: (e) => first(e) },
    { name: "Reports", value: (e) => e.reports, cell: (e) => String(e.reports) },
  ];
  const first = (e) => {
    const day = app.reported(e);
    return day === null ? "" : app.iso(day);
  };
  let sort = { column: 5, way: 1 },
    limit = PAGE,
    dirty = true;
  const rows = () => {
    const { value } = COLUMNS[sort.column];
    return [...shown().events]
      .map((e) => [value(e), e])
      .sort(([a, e], [b, f]) => (a < b ? -sort.way : a > b ? sort.way : e.n - f.n))
      .map(([, e]) => e);
  };
  const draw = () => {
    dirty = true;
    if (state.view !== "table") return;
    dirty = false;
    const list = rows();
    byId("table-head").replaceChildren(
      ...COLUMNS.map((column, n) =>
        element(
          "th",
          { scope: "col", "aria-sort": n === sort.column ? (sort.way > 0 ? "ascending" : "descending") : null },
          element(
            "button",
            {
              type: "button",
              class: "sort",
              onclick: () => {
                sort = { column: n, way: n === sort.column ? -sort.way : 1 };
                draw();
              },
            },
            column.name,
            element("span", { "aria-hidden": "true" }, n === sort.column ? (sort.way > 0 ? " ▲" : " ▼") : ""),
          ),
        ),
      ),
    );
    byId("rows").replaceChildren(
      ...list.slice(0, limit).map((e) =>
        element(
          "tr",
          { "aria-current": state.chosen?.type === "event" && state.chosen.id === e.n ? "true" : null },
          COLUMNS.map((c) => element("td", {}, c.cell(e))),
        ),
      ),
    );
    byId("more-rows").hidden = list.length <= limit;
    byId("more-rows").textContent =
      `Show ${Math.min(PAGE, list.length - limit)} more of ${many(list.length - limit, "event")}`;
  };
  byId("more-rows").addEventListener("click", () => {
    limit += PAGE;
    draw();
  });
  on("filter", () => {
    limit = PAGE;
    draw();
  });
  on("view", () => {
    if (dirty) draw();
  });
  on("chosen", draw);
  app.views.table = { svg: () => null };
  app.views.documents = { svg: () => null };
})(window.diplograph, window.diplograph);
