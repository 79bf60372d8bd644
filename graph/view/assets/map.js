"use strict";
/* Events on a map: land and borders of Natural Earth in the Equal Earth projection (Savric, Patterson, Jenny 2018). */
(({ data, byId, element, many, look, quadOf, state, choose, on, shown, land }, app) => {
  const [A1, A2, A3, A4] = [1.340264, -0.081106, 0.000893, 0.003796],
    M = Math.sqrt(3) / 2,
    SCALE = 180;
  const project = (latitude, longitude) => {
    const t = Math.asin(M * Math.sin((latitude * Math.PI) / 180)),
      t2 = t * t,
      t6 = t2 * t2 * t2;
    const x = (((longitude * Math.PI) / 180) * Math.cos(t)) / (M * (A1 + 3 * A2 * t2 + t6 * (7 * A3 + 9 * A4 * t2)));
    return [500 + SCALE * x, 245 - SCALE * t * (A1 + A2 * t2 + t6 * (A3 + A4 * t2))];
  };
  const canvas = byId("map-canvas"),
    WIDE = 1000,
    HIGH = 490;
  const path = (flat, closed) => {
    let out = "";
    for (let i = 0; i < flat.length; i += 2) {
      const [x, y] = project(flat[i + 1] / 10, flat[i] / 10);
      out += `${i ? "L" : "M"}${x.toFixed(1)} ${y.toFixed(1)}`;
    }
    return closed ? `${out}Z` : out;
  };
  const outline = () => {
    const edge = [];
    for (let lat = -90; lat <= 90; lat += 5) edge.push(project(lat, 180));
    for (let lat = 90; lat >= -90; lat -= 5) edge.push(project(lat, -180));
    return `M${edge.map((p) => p.map((v) => v.toFixed(1)).join(" ")).join("L")}Z`;
  };
  let ground = null;
  const base = () =>
    (ground ??= [
      outline(),
      land()
        .land.map((r) => path(r, true))
        .join(""),
      land()
        .borders.map((r) => path(r, false))
        .join(""),
    ]);
  let view = [0, 0, WIDE],
    fitted = false;
  const spots = () => {
    const found = new Map();
    for (const e of shown().events)
      if (e.place !== null && data.places[e.place].at) {
        if (!found.has(e.place)) found.set(e.place, []);
        found.get(e.place).push(e);
      }
    return [...found]
      .map(([n, events]) => {
        const quads = new Map();
        for (const e of events) quads.set(quadOf.get(e.class), (quads.get(quadOf.get(e.class)) || 0) + 1);
        const [x, y] = project(...data.places[n].at);
        return { n, events, x, y, quad: [...quads].reduce((a, b) => (b[1] > a[1] ? b : a))[0] };
      })
      .sort((a, b) => b.events.length - a.events.length);
  };
  const spotMark = (spot, unit, taken) => {
    const place = data.places[spot.n],
      name = place.exact || !place.country ? place.name : `${place.name} (${place.country})`,
      r = Math.min(3.5 + 1.8 * Math.sqrt(spot.events.length), 17) * unit;
    const box = [spot.x + r, spot.y - 7 * unit, spot.x + r + (name.length * 7 + 8) * unit, spot.y + 8 * unit];
    const free =
      box[2] < view[0] + view[2] &&
      taken.every((t) => box[0] > t[2] || box[2] < t[0] || box[1] > t[3] || box[3] < t[1]);
    if (free) taken.push(box);
    return element(
      "svg:g",
      {
        class: "spot",
        role: "button",
        tabindex: -1,
        "data-place": spot.n,
        "aria-label": `${place.name}: ${many(spot.events.length, "event")}`,
        "aria-pressed": String(state.chosen?.type === "place" && state.chosen.id === spot.n),
      },
      element("svg:title", {}, `${place.name}: ${many(spot.events.length, "event")}`),
      element("svg:circle", {
        cx: spot.x,
        cy: spot.y,
        r,
        fill: look.quad(spot.quad),
        "fill-opacity": place.exact ? 0.75 : 0.25,
        stroke: look.quad(spot.quad),
        "stroke-width": 1.5 * unit,
        "stroke-dasharray": place.exact ? null : `${3 * unit} ${2 * unit}`,
      }),
      free &&
        element(
          "svg:text",
          {
            x: spot.x + r + 3 * unit,
            y: spot.y + 4 * unit,
            "font-size": 12 * unit,
            fill: look.ink,
            stroke: look.paper,
            "stroke-width": 3 * unit,
            "paint-order": "stroke",
          },
          name,
        ),
    );
  };
  const shapes = (unit) => {
    const [sea, ground_, borders] = base(),
      taken = [],
      list = spots();
    return [
      element("svg:path", { d: sea, fill: look.dark ? "#1c2733" : "#eaf1f7" }),
      element("svg:path", {
        d: ground_,
        fill: look.dark ? "#323c48" : "#d9dcd6",
        stroke: look.dark ? "#4b5866" : "#b3b8b0",
        "stroke-width": 0.5 * unit,
      }),
      element("svg:path", {
        d: borders,
        fill: "none",
        stroke: look.dark ? "#54616f" : "#b3b8b0",
        "stroke-width": 0.6 * unit,
      }),
      element("svg:g", {}, list.map((spot) => spotMark(spot, unit, taken)).reverse()),
    ];
  };
  const high = () => (view[2] * Math.max(canvas.clientHeight, 1)) / Math.max(canvas.clientWidth, 1);
  const draw = () => {
    if (!canvas.clientWidth) return;
    if (!fitted) {
      fitted = true;
      fit();
      return;
    }
    view[1] = high() < HIGH ? Math.min(Math.max(view[1], 0), HIGH - high()) : (HIGH - high()) / 2;
    const focused = document.activeElement?.dataset?.place;
    canvas.setAttribute("viewBox", `${view[0]} ${view[1]} ${view[2]} ${high()}`);
    canvas.replaceChildren(...shapes(view[2] / canvas.clientWidth));
    const items = [...canvas.querySelectorAll(".spot")].reverse();
    const target = items.find((i) => i.dataset.place === focused) || items[0];
    target?.setAttribute("tabindex", 0);
    if (focused !== undefined && target?.dataset.place === focused) target.focus();
    const { events } = shown(),
      placed = events.filter((e) => e.place !== null),
      blind = placed.filter((e) => !data.places[e.place].at);
    byId("map-note").replaceChildren(
      `${(placed.length - blind.length).toLocaleString("en")} of ${many(events.length, "event")} on the map`,
      ...(blind.length
        ? [
            "; ",
            app.link(`${blind.length.toLocaleString("en")} more name a place without coordinates`, () =>
              choose(
                "list",
                blind.map((e) => e.n),
                { title: "Places without coordinates" },
              ),
            ),
          ]
        : []),
      spots().some((s) => !data.places[s.n].exact)
        ? ". Dashed: the exact spot is not known; drawn in the middle of the country."
        : ".",
    );
  };
  const zoom = (factor, at = [view[0] + view[2] / 2, view[1] + high() / 2]) => {
    const wide = Math.min(Math.max(view[2] / factor, 8), WIDE * 1.3),
      share = wide / view[2];
    view = [at[0] - (at[0] - view[0]) * share, at[1] - (at[1] - view[1]) * share, wide];
    draw();
  };
  const centre = (list, least) => {
    const [x0, x1] = [Math.min(...list.map((s) => s.x)), Math.max(...list.map((s) => s.x))],
      [y0, y1] = [Math.min(...list.map((s) => s.y)), Math.max(...list.map((s) => s.y))];
    const aspect = Math.max(canvas.clientHeight, 1) / Math.max(canvas.clientWidth, 1);
    const wide = Math.min(
      Math.max((x1 - x0) * 1.35, ((y1 - y0) * 1.35) / aspect, least),
      Math.max(WIDE * 1.02, (HIGH * 1.02) / aspect),
    );
    if (wide > 0.7 * WIDE) {
      const whole = Math.max(WIDE, HIGH / aspect);
      view = [WIDE / 2 - whole / 2, HIGH / 2 - (whole * aspect) / 2, whole];
      draw();
      return;
    }
    view = [(x0 + x1) / 2 - wide / 2, (y0 + y1) / 2 - (wide * aspect) / 2, wide];
    draw();
  };
  const fit = () => {
    const list = spots();
    centre(
      list.length
        ? list
        : [
            { x: 0, y: 0 },
            { x: WIDE, y: HIGH },
          ],
      150,
    );
  };
  const point = (e) => {
    const box = canvas.getBoundingClientRect();
    return [
      view[0] + ((e.clientX - box.left) / box.width) * view[2],
      view[1] + ((e.clientY - box.top) / box.height) * high(),
    ];
  };
  canvas.addEventListener(
    "wheel",
    (e) => {
      e.preventDefault();
      zoom(e.deltaY < 0 ? 1.25 : 0.8, point(e));
    },
    { passive: false },
  );
  let drag = null,
    moved = false;
  canvas.addEventListener("pointerdown", (e) => {
    drag = { x: e.clientX, y: e.clientY, view: [...view] };
    moved = false;
  });
  window.addEventListener("pointermove", (e) => {
    if (!drag) return;
    const unit = view[2] / canvas.clientWidth,
      [dx, dy] = [e.clientX - drag.x, e.clientY - drag.y];
    if (Math.abs(dx) + Math.abs(dy) > 4) moved = true;
    if (moved) {
      view = [drag.view[0] - dx * unit, drag.view[1] - dy * unit, view[2]];
      canvas.setAttribute("viewBox", `${view[0]} ${view[1]} ${view[2]} ${high()}`);
    }
  });
  window.addEventListener("pointerup", () => {
    if (drag && moved) draw();
    drag = null;
  });
  const spotOf = (target) => target.closest?.(".spot");
  canvas.addEventListener("click", (e) => {
    const spot = spotOf(e.target);
    if (spot && !moved) choose("place", Number(spot.dataset.place));
  });
  canvas.addEventListener("keydown", (e) => {
    const spot = spotOf(e.target);
    const keys = { "+": () => zoom(1.4), "=": () => zoom(1.4), "-": () => zoom(1 / 1.4), 0: fit };
    if (keys[e.key]) {
      e.preventDefault();
      keys[e.key]();
      return;
    }
    if (!spot) return;
    if (e.key === "Enter" || e.key === " ") {
      e.preventDefault();
      choose("place", Number(spot.dataset.place));
      return;
    }
    const items = [...canvas.querySelectorAll(".spot")].reverse(),
      way = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[e.key];
    const next = way && items[items.indexOf(spot) + way];
    if (next) {
      e.preventDefault();
      spot.setAttribute("tabindex", -1);
      next.setAttribute("tabindex", 0);
      next.focus();
    }
  });
  byId("map-in").addEventListener("click", () => zoom(1.5));
  byId("map-out").addEventListener("click", () => zoom(1 / 1.5));
  byId("map-fit").addEventListener("click", fit);
  on("filter view look", () => {
    if (state.view === "map") draw();
  });
  on("chosen", () => {
    if (state.view !== "map") return;
    const place =
      state.chosen?.centre &&
      (state.chosen.type === "place"
        ? state.chosen.id
        : state.chosen.type === "event"
          ? data.events[state.chosen.id].place
          : null);
    if (typeof place === "number" && data.places[place].at) {
      const [x, y] = project(...data.places[place].at);
      centre([{ x, y }], Math.min(view[2], 200));
    } else draw();
  });
  new window.ResizeObserver(() => {
    if (state.view === "map") draw();
  }).observe(canvas);
  const svg = () =>
    element(
      "svg:svg",
      {
        xmlns: "http://www.w3.org/2000/svg",
        viewBox: `${view[0]} ${view[1]} ${view[2]} ${high()}`,
        width: canvas.clientWidth,
        height: canvas.clientHeight,
        "font-family": "sans-serif",
      },
      element("svg:rect", { x: view[0], y: view[1], width: view[2], height: high(), fill: look.paper }),
      shapes(view[2] / Math.max(canvas.clientWidth, 1)),
      element(
        "svg:g",
        { transform: `translate(${view[0]},${view[1]}) scale(${view[2] / Math.max(canvas.clientWidth, 1)})` },
        app.key(12, 24),
      ),
    );
  app.views.map = { svg };
})(window.diplograph, window.diplograph);
