"use strict";
/* Events along time, in lanes by pair, states, story or event; only the lanes in sight are drawn. */
(({ data, byId, element, many, look, statusOf, state, choose, change, on, shown, iso, spread, steps }, app) => {
  const ROW = 26,
    AXIS = 26,
    KEY = 260,
    TEXT = 110;
  let NAMES = 240;
  const home = byId("timeline-lanes"),
    canvas = byId("timeline-canvas"),
    axis = byId("timeline-axis");
  let lanes = [],
    total = 0,
    span = null,
    dirty = true;
  const country = (a) => data.actors[a].country;

  /* -- lanes ------------------------------------------------------------------------------------- */
  const names = (event) => {
    const actor = (n) => data.actors[n].name;
    if (state.lanes === "event") return [[`e${event.n}`, event.label]];
    if (state.lanes === "story")
      return event.story === null ? [[`e${event.n}`, event.label]] : [[`s${event.story}`, data.stories[event.story]]];
    const code = state.lanes === "states" ? country : (a) => a;
    const name = state.lanes === "states" ? (c) => c : actor;
    const pairs = new Map();
    for (const [a, b] of event.pairs) {
      const [one, other] = [code(a), code(b)].sort((x, y) => (x < y ? -1 : 1));
      if (one !== null && other !== null && one !== other) pairs.set(`${one}|${other}`, [one, other]);
    }
    if (pairs.size && pairs.size <= 3)
      return [...pairs].map(([key, [one, other]]) => [key, `${name(one)} – ${name(other)}`]);
    if (pairs.size) return [["many", "more than three at once"]];
    const own = event.parties.length ? code(event.parties[0][0]) : null;
    return [[`1${own}`, own === null ? "others" : name(own)]];
  };
  const extent = (event) => {
    const days = steps(event)
      .flatMap(({ day, days: meant }) => [day, ...(meant || [])])
      .filter((d) => d !== null);
    if (event.days) days.push(...event.days);
    return days.length ? [Math.min(...days), Math.max(...days)] : null;
  };
  const build = () => {
    const found = new Map();
    let undated = 0;
    for (const event of shown().events) {
      const days = extent(event);
      if (!days) {
        undated += 1;
        continue;
      }
      for (const [key, name] of names(event)) {
        if (!found.has(key)) found.set(key, { name, items: [] });
        found.get(key).items.push({ event, days });
      }
    }
    lanes = [...found.values()].sort(
      (a, b) =>
        b.items.length - a.items.length || a.items[0].days[0] - b.items[0].days[0] || (a.name < b.name ? -1 : 1),
    );
    for (const lane of lanes) lane.items.sort((a, b) => a.days[0] - b.days[0] || a.event.n - b.event.n);
    const low = lanes.reduce((m, l) => l.items.reduce((n, i) => Math.min(n, i.days[0]), m), Infinity);
    const high = lanes.reduce((m, l) => l.items.reduce((n, i) => Math.max(n, i.days[1]), m), -Infinity);
    const usual = spread(lanes.flatMap((l) => l.items.flatMap((i) => i.days)));
    span = lanes.length ? { low: low - 1, high: high + 2, from: usual[0] - 1, to: usual[1] + 2, usual } : null;
    byId("timeline-note").textContent = [
      many(lanes.length, "lane"),
      undated && `${many(undated, "event")} without any date not drawn`,
    ]
      .filter(Boolean)
      .join("; ");
  };
  /* Of the lane, in pixels; behind the last day there is room for a name. */
  const width = () => Math.max(home.clientWidth - NAMES - 16 - TEXT, 200);
  const x = (day) => NAMES + (width() * (day - span.from)) / (span.to - span.from);

  /* Rows in a lane: an event takes the first row that is free where its line and name need room. */
  const pack = () => {
    let top = 0;
    const perDay = width() / (span.to - span.from);
    for (const lane of lanes) {
      const rows = [];
      for (const item of lane.items) {
        const begin = item.days[0] * perDay - 12;
        const text = Math.min(item.event.kind.length * 6.5 + 10, TEXT);
        const end = item.days[1] * perDay + 16 + text;
        let row = rows.findIndex((busy) => busy <= begin);
        if (row < 0) row = rows.length;
        rows[row] = end;
        item.row = row;
      }
      lane.top = top;
      lane.height = Math.max(rows.length, 1) * ROW + 6;
      top += lane.height;
    }
    total = top;
  };

  /* -- drawing -------------------------------------------------------------------------------------- */
  const STEPS = [1, 2, 7, 14, 30.44, 60.9, 91.3, 121.8, 182.6, 365.25, 730.5, 1826, 3652];
  const ticks = () => {
    const least = ((span.to - span.from) * 85) / width();
    const step = STEPS.find((s) => s >= least) || 3652 * Math.ceil(least / 3652);
    const found = [];
    if (step < 28)
      for (let day = Math.ceil(span.from / step) * step; day < span.to; day += step) found.push([day, iso(day)]);
    else {
      const months = Math.round(step / 30.44),
        date = new Date(span.from * 86400000);
      let month = Math.ceil((date.getUTCFullYear() * 12 + date.getUTCMonth()) / months) * months;
      for (; ; month += months) {
        const day = Date.UTC(Math.floor(month / 12), month % 12, 1) / 86400000;
        if (day >= span.to) break;
        if (day >= span.from) found.push([day, iso(day).slice(0, months >= 12 ? 4 : 7)]);
      }
    }
    return found;
  };
  const glyph = ({ event, days, row }, top, perDay) => {
    const look_ = statusOf.get(event.status),
      y = top + row * ROW + ROW / 2 + 2,
      color = look.event(event);
    const [a, b] = [x(days[0]), x(days[1])];
    const reports = steps(event),
      said = reports.map(({ status, day }) => `${day === null ? "undated" : iso(day)} ${status}`).join(", ");
    const marks = new Map();
    for (const { status, day } of reports) if (day !== null) marks.set(`${day}${status}`, [status, day]);
    return element(
      "svg:g",
      {
        class: "item",
        role: "button",
        tabindex: -1,
        "aria-label": `${event.label}: ${said}`,
        "data-event": event.n,
        style: `color:${color}`,
        "aria-pressed": String(state.chosen?.type === "event" && state.chosen.id === event.n),
      },
      element("svg:title", {}, `${event.label}\n${said}`),
      element("svg:rect", {
        x: a - 10,
        y: y - ROW / 2 + 1,
        width: b - a + 24 + Math.min(event.kind.length * 6.5, TEXT),
        height: ROW - 2,
        rx: 6,
        class: "hit",
      }),
      b - a > 1 &&
        element("svg:line", {
          x1: a,
          x2: b,
          y1: y,
          y2: y,
          stroke: "currentColor",
          "stroke-width": look_.width,
          "stroke-dasharray": look_.dashes.join(" "),
        }),
      event.days &&
        !reports.some(({ day }) => day >= event.days[0] && day <= event.days[1]) &&
        element("svg:path", {
          d: `M${x((event.days[0] + event.days[1]) / 2)} ${y - 9}l7 9-7 9-7-9Z`,
          fill: "var(--paper)",
          stroke: "currentColor",
          "stroke-width": 1.5,
          class: "meant",
        }),
      [...marks.values()].map(([status, day], n) =>
        element(
          "svg:g",
          { transform: `translate(${x(day) + 0.01 * n * perDay},${y})` },
          element("svg:circle", { r: 7.5, fill: "var(--paper)", stroke: "currentColor", "stroke-width": 1.5 }),
          element(
            "svg:text",
            { "text-anchor": "middle", y: 4, "font-size": 10.5, fill: "currentColor", "aria-hidden": "true" },
            statusOf.get(status).sign,
          ),
        ),
      ),
      element(
        "svg:text",
        { x: b + 13, y: y + 4, "font-size": 12, fill: "currentColor", "aria-hidden": "true" },
        event.kind.length > 18 ? `${event.kind.slice(0, 17)}…` : event.kind,
      ),
    );
  };
  const laneGroup = (lane, scroll) => {
    const perDay = width() / (span.to - span.from);
    const inside = lane.items.filter(
      ({ days }) => days[1] >= span.from - 90 / perDay && days[0] <= span.to + TEXT / perDay,
    );
    const top = Math.min(Math.max(scroll, lane.top), lane.top + Math.max(lane.height - 42, 0)) + 19;
    const parts = lane.name.split(" – "),
      room = NAMES / 7 / parts.length - 1;
    const name =
      lane.name.length <= NAMES / 7
        ? lane.name
        : parts.map((part) => (part.length > room ? `${part.slice(0, room - 1)}…` : part)).join(" – ");
    return element(
      "svg:g",
      { class: "lane", role: "group", "aria-label": `${lane.name}: ${many(lane.items.length, "event")}` },
      element("svg:line", { x1: 0, x2: NAMES + width() + TEXT + 16, y1: lane.top, y2: lane.top, class: "rule" }),
      element(
        "svg:svg",
        {
          x: NAMES - 8,
          y: lane.top,
          width: width() + TEXT + 24,
          height: lane.height,
          viewBox: `${NAMES - 8} ${lane.top} ${width() + TEXT + 24} ${lane.height}`,
        },
        inside.map((item) => glyph(item, lane.top, perDay)),
      ),
      element(
        "svg:text",
        { x: 8, y: top, "font-size": 12.5, class: "name" },
        element("svg:title", {}, lane.name),
        name,
      ),
      lane.height > 40 &&
        element("svg:text", { x: 8, y: top + 15, "font-size": 11, class: "count" }, many(lane.items.length, "event")),
    );
  };
  const draw = () => {
    if (!span) {
      canvas.replaceChildren();
      axis.replaceChildren();
      canvas.setAttribute("height", 0);
      return;
    }
    const full = NAMES + width() + TEXT + 16,
      [low, high] = [home.scrollTop - 300, home.scrollTop + home.clientHeight + 300];
    canvas.setAttribute("width", full);
    canvas.setAttribute("height", total);
    const grid = ticks();
    axis.setAttribute("width", full);
    axis.replaceChildren(
      ...grid.map(([day, text]) => element("svg:text", { x: x(day) + 3, y: 17, "font-size": 11.5 }, text)),
    );
    const focused = document.activeElement?.dataset?.event;
    canvas.replaceChildren(
      ...grid.map(([day]) =>
        element("svg:line", { x1: x(day), x2: x(day), y1: Math.max(low, 0), y2: Math.min(high, total), class: "grid" }),
      ),
      ...lanes.filter((l) => l.top + l.height > low && l.top < high).map((l) => laneGroup(l, home.scrollTop)),
    );
    rove(focused);
  };
  const rove = (number) => {
    const items = [...canvas.querySelectorAll(".item")];
    const target = items.find((i) => i.dataset.event === number) || items[0];
    target?.setAttribute("tabindex", 0);
    if (number !== undefined && target?.dataset.event === number) target.focus({ preventScroll: true });
  };
  const redraw = () => {
    if (state.view !== "timeline") {
      dirty = true;
      return;
    }
    NAMES = home.clientWidth < 600 ? 130 : 240;
    if (span) pack();
    draw();
  };
  const rebuild = () => {
    dirty = true;
    if (state.view === "timeline") {
      build();
      dirty = false;
      home.scrollTop = 0;
      redraw();
    }
  };
  const zoom = (factor, day) => {
    if (!span) return;
    const centre = day ?? (span.from + span.to) / 2,
      wide = Math.min(Math.max((span.to - span.from) / factor, 4), span.high - span.low);
    const share = (centre - span.from) / (span.to - span.from);
    pan(centre - share * wide, wide);
  };
  const pan = (from, wide = span.to - span.from) => {
    span.from = Math.min(Math.max(from, span.low), span.high - wide);
    span.to = span.from + wide;
    redraw();
  };

  home.addEventListener("scroll", () => window.requestAnimationFrame(draw));
  home.addEventListener(
    "wheel",
    (e) => {
      if (!span || !(e.ctrlKey || e.metaKey || e.shiftKey)) return;
      e.preventDefault();
      if (e.shiftKey) pan(span.from + ((e.deltaY || e.deltaX) * (span.to - span.from)) / width());
      else zoom(e.deltaY < 0 ? 1.25 : 0.8, span.from + ((e.offsetX - NAMES) / width()) * (span.to - span.from));
    },
    { passive: false },
  );
  let drag = null;
  home.addEventListener("pointerdown", (e) => {
    if (span && e.button === 0) drag = { at: e.clientX, from: span.from, moved: false };
  });
  window.addEventListener("pointermove", (e) => {
    if (!drag) return;
    if (Math.abs(e.clientX - drag.at) > 4) drag.moved = true;
    if (drag.moved) pan(drag.from - ((e.clientX - drag.at) * (span.to - span.from)) / width());
  });
  window.addEventListener("pointerup", () => {
    const was = drag;
    drag = null;
    if (was?.moved)
      window.setTimeout(() => {
        moved = false;
      });
    moved = was?.moved ?? false;
  });
  let moved = false;
  const itemOf = (target) => target.closest?.(".item");
  canvas.addEventListener("click", (e) => {
    const item = itemOf(e.target);
    if (item && !moved) choose("event", Number(item.dataset.event));
  });
  canvas.addEventListener("keydown", (e) => {
    const item = itemOf(e.target);
    if (!item) return;
    if (e.key === "Enter" || e.key === " ") {
      e.preventDefault();
      choose("event", Number(item.dataset.event));
      return;
    }
    const items = [...canvas.querySelectorAll(".item")],
      at = items.indexOf(item),
      lane = item.closest(".lane");
    const other = (way) => {
      const all = [...canvas.querySelectorAll(".lane")];
      return all[all.indexOf(lane) + way]?.querySelector(".item");
    };
    const next = {
      ArrowRight: () => items[at + 1],
      ArrowLeft: () => items[at - 1],
      ArrowDown: () => other(1),
      ArrowUp: () => other(-1),
    }[e.key]?.();
    if (!next) return;
    e.preventDefault();
    item.setAttribute("tabindex", -1);
    next.setAttribute("tabindex", 0);
    next.focus();
    next.scrollIntoView({ block: "nearest" });
  });
  byId("timeline-in").addEventListener("click", () => zoom(1.5));
  byId("timeline-out").addEventListener("click", () => zoom(1 / 1.5));
  byId("timeline-fit").addEventListener("click", () => {
    if (span) {
      span.from = span.usual[0] - 1;
      span.to = span.usual[1] + 2;
      redraw();
    }
  });
  byId("timeline-earlier").addEventListener("click", () => span && pan(span.from - (span.to - span.from) / 3));
  byId("timeline-later").addEventListener("click", () => span && pan(span.from + (span.to - span.from) / 3));
  byId("lanes").addEventListener("change", (e) => change({ lanes: e.target.value }));

  let mode = null;
  on("filter", rebuild);
  on("view", () => {
    byId("lanes").value = state.lanes;
    if (mode !== state.lanes) {
      mode = state.lanes;
      rebuild();
    } else if (state.view === "timeline") {
      if (dirty) rebuild();
      else redraw();
    }
  });
  /* The lane of what is chosen comes into sight. */
  const isChosen = ({ event }) =>
    (state.chosen?.type === "event" && event.n === state.chosen.id) ||
    (state.chosen?.type === "actor" && event.parties.some(([a]) => a === state.chosen.id));
  const reveal = () => {
    const lane = lanes.find((l) => l.items.some(isChosen));
    if (!lane) return;
    const top = lane.top + lane.items.find(isChosen).row * ROW;
    if (top < home.scrollTop || top + ROW > home.scrollTop + home.clientHeight)
      home.scrollTop = top - home.clientHeight / 3;
  };
  on("view chosen", () => {
    if (state.view === "timeline") {
      reveal();
      draw();
    }
  });
  on("look", () => {
    if (state.view === "timeline") draw();
  });
  new window.ResizeObserver(() => redraw()).observe(home);

  const svg = () => {
    if (!span) return null;
    const kept = lanes.slice(0, 200),
      height = kept.length ? kept.at(-1).top + kept.at(-1).height : 0,
      full = NAMES + width() + TEXT + 16;
    return element(
      "svg:svg",
      {
        xmlns: "http://www.w3.org/2000/svg",
        viewBox: `0 ${-AXIS} ${full} ${height + AXIS + KEY}`,
        width: full,
        height: height + AXIS + KEY,
        "font-family": "sans-serif",
        style: `--paper:${look.paper};color:${look.ink}`,
        fill: look.ink,
      },
      element("svg:style", {}, ".hit{fill:none}.rule,.grid{stroke:#8888;stroke-width:.5}"),
      element("svg:rect", { x: 0, y: -AXIS, width: full, height: height + AXIS + KEY, fill: look.paper }),
      app.key(12, height + 30),
      kept.length < lanes.length &&
        element(
          "svg:text",
          { x: full / 2, y: height + 30 },
          `The first ${kept.length} of ${many(lanes.length, "lane")}`,
        ),
      ticks()
        .map(([day, text]) => [
          element("svg:line", { x1: x(day), x2: x(day), y1: 0, y2: height, class: "grid" }),
          element("svg:text", { x: x(day) + 3, y: -8, "font-size": 11.5 }, text),
        ])
        .flat(),
      kept.map((l) => laneGroup(l, 0)),
    );
  };
  app.views.timeline = { svg };
})(window.diplograph, window.diplograph);
