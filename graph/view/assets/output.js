"use strict";
/* What leaves the page: the picture as SVG or PNG, the shown events as CSV or JSON. Nothing goes over a network. */
(({ data, byId, element, look, state, on, say, shown }, app) => {
  const save = (blob, name) => {
    const link = element("a", { href: URL.createObjectURL(blob), download: name });
    document.body.append(link);
    link.click();
    link.remove();
    window.setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  };
  app.download = (text, name, type) => save(new Blob([text], { type: `${type};charset=utf-8` }), name);
  /* Title and legend of a picture that leaves the page. */
  app.key = (x, y) => {
    const { events } = shown(),
      present = (facet) => new Set(events.map((e) => e[facet]));
    const statuses = data.looks.statuses.filter((s) => present("status").has(s.key)),
      classes = present("class");
    const quads = Object.entries(data.looks.quads).filter(([key]) =>
      data.looks.classes.some((c) => c.quad === key && classes.has(c.key)),
    );
    const line = (n, ...children) => element("svg:g", { transform: `translate(${x},${y + 20 + 17 * n})` }, children);
    return element(
      "svg:g",
      { fill: look.ink, "font-size": 12 },
      element("svg:text", { x, y, "font-size": 16, "font-weight": "bold" }, document.title),
      quads.map(([key, quad], n) =>
        line(
          n,
          element("svg:circle", { cx: 12, cy: -4, r: 5, fill: look.quad(key) }),
          element("svg:text", { x: 30 }, quad.label),
        ),
      ),
      statuses.map((s, n) =>
        line(
          quads.length + n,
          element("svg:line", {
            x1: 0,
            x2: 24,
            y1: -4,
            y2: -4,
            stroke: look.ink,
            "stroke-width": s.width,
            "stroke-dasharray": s.dashes.join(" "),
          }),
          s.struck && element("svg:path", { d: "M8 -8l8 8m0-8l-8 8", stroke: look.ink }),
          element("svg:text", { x: 30 }, `${s.sign} ${s.key}`),
        ),
      ),
    );
  };
  const status = (text) => {
    say(text);
    byId("output").open = false;
  };
  const picture = () => {
    const svg = app.views[state.view].svg();
    if (!svg) {
      status("There is nothing to draw.");
      return null;
    }
    return {
      text: new XMLSerializer().serializeToString(svg),
      width: Number(svg.getAttribute("width")),
      height: Number(svg.getAttribute("height")),
    };
  };
  const LARGEST = 8000;
  on("view", () => {
    for (const id of ["save-png", "save-svg"]) byId(id).disabled = ["documents", "table"].includes(state.view);
  });
  document.addEventListener("click", (e) => {
    if (!byId("output").contains(e.target)) byId("output").open = false;
  });
  /* Said before the work begins, so that it is seen. */
  const later = (work) => {
    status("Making the picture …");
    window.requestAnimationFrame(() => window.setTimeout(work));
  };
  byId("save-svg").addEventListener("click", () =>
    later(() => {
      const p = picture();
      if (p) {
        app.download(p.text, `${state.view}.svg`, "image/svg+xml");
        status("SVG saved");
      }
    }),
  );
  byId("save-png").addEventListener("click", () =>
    later(() => {
      const p = picture();
      if (!p) return;
      const scale = Math.min(2, LARGEST / Math.max(p.width, p.height, 1)),
        image = new Image();
      if (scale < 0.5) {
        status("The picture is too large for a PNG; save it as SVG, or show less.");
        return;
      }
      image.onload = () => {
        const canvas = element("canvas", { width: Math.round(p.width * scale), height: Math.round(p.height * scale) });
        canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
        canvas.toBlob((blob) => {
          if (blob) {
            save(blob, `${state.view}.png`);
            status("PNG saved");
          } else status("The picture is too large for a PNG; save it as SVG.");
        });
      };
      image.onerror = () => status("The picture could not be made; save it as SVG.");
      image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(p.text)}`;
    }),
  );
  const COLUMNS = [
    "id",
    "label",
    "class",
    "kind",
    "status",
    "date",
    "was",
    "place",
    "participants",
    "first_report",
    "last_report",
    "reports",
    "documents",
  ];
  const flat = (e) => {
    const days = app
      .steps(e)
      .map(({ day }) => day)
      .filter((d) => d !== null)
      .sort((a, b) => a - b);
    return {
      id: e.id,
      label: e.label,
      class: e.class,
      kind: e.kind,
      status: e.status,
      date: e.date,
      was: e.was,
      place: e.place === null ? null : data.places[e.place].name,
      participants: e.parties.map(([a, role]) => ({
        actor: data.actors[a].id,
        name: data.actors[a].name,
        role,
        country: data.actors[a].country,
      })),
      first_report: days.length ? app.iso(days[0]) : null,
      last_report: days.length ? app.iso(days.at(-1)) : null,
      reports: e.reports,
      documents: [...new Set(app.steps(e).map((s) => s.document))]
        .filter((n) => n !== null)
        .map((n) => app.documents()[n].id),
    };
  };
  /* A cell that a spreadsheet would take for a formula is quoted by an apostrophe, as in graph/spreadsheet.py. */
  const cell = (value) => {
    const text =
      value === null || value === undefined
        ? ""
        : Array.isArray(value)
          ? value.map((v) => (v.name ? `${v.name} (${v.role})` : v)).join("; ")
          : String(value);
    const safe = /^\s*[=+\-@]|^[\t\r\n]/.test(text) ? `'${text}` : text;
    return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  byId("save-csv").addEventListener("click", () => {
    app.download(
      `\ufeff${[
        COLUMNS.join(","),
        ...shown()
          .events.map(flat)
          .map((row) => COLUMNS.map((c) => cell(row[c])).join(",")),
      ].join("\r\n")}\r\n`,
      "events.csv",
      "text/csv",
    );
    status("CSV saved");
  });
  byId("save-json").addEventListener("click", () => {
    app.download(JSON.stringify(shown().events.map(flat), null, 1), "events.json", "application/json");
    status("JSON saved");
  });
  byId("output").addEventListener("keydown", (e) => {
    if (e.key === "Escape") {
      byId("output").open = false;
      byId("output").querySelector("summary").focus();
    }
  });
})(window.diplograph, window.diplograph);
