"use strict";
/* The panel: what is chosen, with the sentences that say so. */
((
  {
    data,
    evidence,
    steps,
    documents,
    byId,
    element,
    many,
    look,
    statusOf,
    quadOf,
    kindOf,
    kindKey,
    state,
    choose,
    change,
    on,
    shown,
  },
  app,
) => {
  const panel = byId("details");
  const LONGEST = 200;
  const fill = (...children) => {
    panel.replaceChildren(...children.flat().filter(Boolean));
    panel.scrollTop = 0;
  };
  const badge = (status) =>
    element(
      "span",
      { class: `badge status-${status}` },
      element("span", { "aria-hidden": "true" }, `${statusOf.get(status).sign} `),
      status,
    );
  const link = (text, onclick, more = {}) =>
    element("button", { type: "button", class: "link", onclick, ...more }, text);
  const actorLink = (n) => link(element("bdi", {}, data.actors[n].name), () => choose("actor", n, { centre: true }));
  const eventLink = (e) => link(element("bdi", {}, e.label), () => choose("event", e.n, { centre: true }));
  const title = (text) => element("h2", { tabindex: -1, class: "title" }, element("bdi", {}, text));
  const report = (e) => {
    const day = app.reported(e);
    return day === null ? "undated" : `reported ${app.iso(day)}`;
  };
  const eventRow = (e) =>
    element(
      "li",
      { class: `event quad-${quadOf.get(e.class)}` },
      badge(e.status),
      " ",
      eventLink(e),
      " ",
      element("small", {}, e.date || report(e)),
    );
  const rows = (events) => [
    element("ul", { class: "events" }, events.slice(0, LONGEST).map(eventRow)),
    events.length > LONGEST &&
      element("p", { class: "soft" }, `${many(events.length - LONGEST, "more event")}: the table has all.`),
  ];
  const later = (a, b) => (a.days?.[0] ?? 1e9) - (b.days?.[0] ?? 1e9);

  /* A history in small: each report where its date is, and the days for which the event was meant. */
  const course = (event) => {
    const days = steps(event)
      .flatMap(({ day, days: meant }) => [day, ...(meant || [])])
      .filter((d) => d !== null);
    if (new Set(days).size < 2) return null;
    const [low, high] = [Math.min(...days), Math.max(...days)];
    const x = (day) => 14 + (292 * (day - low)) / (high - low);
    const marks = steps(event).map(
      ({ status, day }) =>
        day !== null &&
        element(
          "svg:g",
          { class: `status-${status}`, transform: `translate(${x(day)},17)` },
          element("svg:circle", { r: 8, fill: "var(--panel)", stroke: "currentColor", "stroke-width": 1.5 }),
          element(
            "svg:text",
            { "text-anchor": "middle", y: 4, fill: "currentColor", "font-size": 11 },
            statusOf.get(status).sign,
          ),
        ),
    );
    const meant = [
      ...new Map(
        steps(event)
          .filter((s) => s.days)
          .map((s) => [s.days.join(), s.days]),
      ).values(),
    ].map(([a, b]) =>
      element("svg:rect", {
        x: x(a) - 3,
        y: 30,
        width: Math.max(x(b) - x(a), 0) + 6,
        height: 6,
        rx: 3,
        fill: "currentColor",
        class: "meant",
      }),
    );
    const said = steps(event)
      .map(({ status, day }) => `${day === null ? "undated" : app.iso(day)} ${status}`)
      .join(", ");
    return element(
      "svg:svg",
      { viewBox: "0 0 320 58", role: "img", "aria-label": `Course: ${said}`, class: "course" },
      element("svg:line", { x1: 8, x2: 312, y1: 17, y2: 17, stroke: "currentColor", class: "axis" }),
      ...meant,
      ...marks,
      element("svg:text", { x: 6, y: 53, "font-size": 11, fill: "currentColor" }, app.iso(low)),
      element(
        "svg:text",
        { x: 314, y: 53, "font-size": 11, "text-anchor": "end", fill: "currentColor" },
        app.iso(high),
      ),
    );
  };

  const KINDS = ["trigger", "decides"];
  const quote = (step) =>
    step.quote === null
      ? element("p", { class: "soft" }, `characters ${step.at[0]}–${step.at[1]} (the record came without its text)`)
      : element(
          "blockquote",
          { dir: "auto" },
          step.quote.map(([words, marks]) =>
            marks ? element("mark", { class: marks.map((m) => KINDS[m]).join(" ") }, words) : words,
          ),
        );
  const stepItem = (step) => {
    const doc = step.document === null ? null : documents()[step.document];
    const mention = doc ? doc.mentions.findIndex((m) => m.id === step.mention) : -1;
    return element(
      "li",
      {},
      badge(step.status),
      " ",
      element("span", { class: "soft" }, step.date || "undated"),
      (step.for || step.place) &&
        element(
          "div",
          {},
          [step.for && `for ${step.for}`, step.place && `in ${step.place}`].filter(Boolean).join(", "),
        ),
      step.source && element("div", {}, "says ", element("bdi", {}, step.source)),
      quote(step),
      element(
        "div",
        { class: "soft" },
        doc
          ? link(element("bdi", {}, doc.title || doc.id), () =>
              change({ view: "documents", chosen: { type: "document", id: step.document, mention } }),
            )
          : "document not in this page",
        doc?.source && [", ", element("bdi", {}, doc.source)],
        step.confidence !== null && `, confidence ${step.confidence.toFixed(2)}`,
      ),
      step.because &&
        element("details", {}, element("summary", {}, "why the same event"), element("p", {}, step.because)),
    );
  };

  const storyName = (n) =>
    `${data.stories[n]}: story of ${many(data.events.filter((e) => e.story === n).length, "event")}`;
  const showEvent = (event) => {
    const known = evidence(event.n);
    const place = event.place === null ? null : data.places[event.place];
    fill(
      title(event.label),
      element(
        "p",
        {},
        badge(event.status),
        " ",
        element("span", { class: `pill quad-${quadOf.get(event.class)}` }, event.class),
        ` ${event.kind}`,
      ),
      element(
        "dl",
        {},
        event.date && [
          element("dt", {}, "Date"),
          element("dd", {}, event.date, event.was && ` (before: ${event.was})`),
        ],
        place && [
          element("dt", {}, "Place"),
          element(
            "dd",
            {},
            link(element("bdi", {}, place.name), () => choose("place", event.place, { centre: true })),
          ),
        ],
        event.parties.length > 0 && [
          element("dt", {}, "Parties"),
          element(
            "dd",
            {},
            element(
              "ul",
              { class: "parties" },
              event.parties.map(([a, role]) =>
                element("li", {}, actorLink(a), element("small", {}, ` ${role.replaceAll("_", " ")}`)),
              ),
            ),
          ),
        ],
        known.moves.length > 0 && [
          element("dt", {}, "Moved"),
          element(
            "dd",
            {},
            known.moves.map(([, old, now]) => element("div", {}, `from ${old} to ${now}`)),
          ),
        ],
        known.disagreements.length > 0 && [
          element("dt", {}, "Sources differ"),
          element(
            "dd",
            {},
            known.disagreements.map(([about, values]) => element("div", {}, `${about}: ${values.join(" / ")}`)),
          ),
        ],
        event.story !== null && [
          element("dt", {}, "Part of"),
          element(
            "dd",
            {},
            link(storyName(event.story), () =>
              choose(
                "list",
                data.events
                  .filter((e) => e.story === event.story)
                  .sort(later)
                  .map((e) => e.n),
                { title: storyName(event.story) },
              ),
            ),
          ),
        ],
      ),
      course(event),
      element("h3", {}, "History"),
      element(
        "p",
        { class: "key soft" },
        element("mark", { class: "trigger" }, "tells of the event"),
        " ",
        element("mark", { class: "decides" }, "decides its status"),
      ),
      element("ol", { class: "history" }, known.steps.map(stepItem)),
    );
  };
  const showActor = (n) => {
    const actor = data.actors[n],
      { flags } = shown();
    const events = data.events.filter((e) => e.parties.some(([a]) => a === n));
    const seen = events.filter((e) => flags[e.n]).sort(later);
    fill(
      title(actor.name),
      element(
        "p",
        { class: "soft" },
        [kindOf.get(kindKey(n)).sign + " " + actor.kind, actor.country, many(events.length, "event")]
          .filter(Boolean)
          .join(" · "),
      ),
      element(
        "p",
        {},
        state.focus === n
          ? link("Show the whole graph", () => change({ focus: null }))
          : link(`Show only who has to do with ${actor.name}`, () => change({ focus: n })),
      ),
      seen.length < events.length &&
        element(
          "p",
          { class: "soft" },
          `${many(events.length - seen.length, "event")} not shown; `,
          !state.single && events.some((e) => !flags[e.n] && e.parties.length < 2)
            ? link("show those of one actor", () => change({ single: true }))
            : link("reset the filters", () => byId("reset").click()),
        ),
      rows(seen),
    );
  };
  const showList = (heading, events, more) =>
    fill(title(heading), element("p", { class: "soft" }, many(events.length, "event")), more, rows(events));
  const showPlace = (n) => {
    const place = data.places[n],
      { events } = shown();
    showList(
      place.name,
      events.filter((e) => e.place === n).sort(later),
      place.at
        ? !place.exact &&
            element("p", { class: "soft" }, "The exact spot is not known: drawn in the middle of the country.")
        : element("p", { class: "soft" }, "Its coordinates are not known."),
    );
  };
  const showNothing = () =>
    fill(
      title("Details"),
      element("p", { class: "soft" }, "Choose an actor, a line or a row: the sentences that tell of it appear here."),
    );

  const show = () => {
    const chosen = state.chosen;
    document.body.classList.toggle("chosen", chosen !== null);
    if (!chosen) showNothing();
    else if (chosen.type === "event") showEvent(data.events[chosen.id]);
    else if (chosen.type === "actor") showActor(chosen.id);
    else if (chosen.type === "place") showPlace(chosen.id);
    else if (chosen.type === "list")
      showList(
        chosen.title,
        chosen.id.map((n) => data.events[n]),
      );
    else app.review.show(fill, title);
    /* On a narrow window the panel stands below the fold. */
    if (chosen && panel.getBoundingClientRect().top > window.innerHeight * 0.8)
      panel.scrollIntoView({ block: "end", behavior: "smooth" });
  };
  on("chosen", show);
  on("filter", () => {
    if (["actor", "place"].includes(state.chosen?.type)) show();
  });
  Object.assign(app, { badge, link, actorLink, eventLink, fill, title });
})(window.diplograph, window.diplograph);
