"use strict";
/* A coder's marks on mentions: kept in the browser, if it lets us, until they leave as a file of overrules. */
(({ data, byId, many }, app) => {
  const SAID = { accept: "accepted", reject: "rejected", correct: "corrected" };

  const key = `diplograph:${data.fingerprint}`;
  const marks = new Map();
  const keyOf = (doc, mention) => JSON.stringify([doc.id, mention.id]);
  try {
    for (const [k, v] of JSON.parse(window.localStorage.getItem(key) || "[]")) marks.set(k, v);
  } catch {
    /* none kept */
  }
  const keep = () => {
    try {
      window.localStorage.setItem(key, JSON.stringify([...marks]));
    } catch {
      /* a frame without a store */
    }
    byId("marks-save").textContent = marks.size ? `Save ${many(marks.size, "check")}` : "Save my checks";
    byId("marks-save").disabled = !marks.size;
  };
  let listener = () => {};
  const set = (doc, mention, mark) => {
    if (mark === null) marks.delete(keyOf(doc, mention));
    else marks.set(keyOf(doc, mention), mark);
    keep();
    listener();
  };
  const cell = (text) => (/[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const csv = () => {
    const lines = ["document,mention,mark,field,value,note"];
    for (const [k, { mark, fields, note }] of marks) {
      const [doc, mention] = JSON.parse(k);
      const row = (...rest) => lines.push([doc, mention, mark, ...rest].map((c) => cell(c || "")).join(","));
      if (mark === "correct") for (const [field, value] of Object.entries(fields)) row(field, value, note);
      else row("", "", note);
    }
    return `${lines.join("\n")}\n`;
  };
  const parse = (text) => {
    const rows = [];
    let row = [""],
      quoted = false;
    for (let i = 0; i < text.length; i += 1) {
      const c = text[i];
      if (quoted) {
        if (c === '"' && text[i + 1] === '"') {
          row[row.length - 1] += '"';
          i += 1;
        } else if (c === '"') quoted = false;
        else row[row.length - 1] += c;
      } else if (c === '"') quoted = true;
      else if (c === ",") row.push("");
      else if (c === "\n") {
        rows.push(row);
        row = [""];
      } else if (c !== "\r") row[row.length - 1] += c;
    }
    if (row.length > 1) rows.push(row);
    return rows;
  };
  const load = (text) => {
    const [head, ...rows] = parse(text.replace(/^\ufeff/, ""));
    const at = (name) => head.indexOf(name);
    if (["document", "mention", "mark", "field", "value"].some((name) => at(name) < 0))
      throw new Error("no column document, mention, mark, field or value");
    for (const row of rows) {
      const k = JSON.stringify([row[at("document")], row[at("mention")]]),
        mark = row[at("mark")];
      if (!(mark in SAID)) continue;
      const known = marks.get(k);
      const fields = mark === "correct" ? { ...(known?.fields || {}), [row[at("field")]]: row[at("value")] } : {};
      marks.set(k, { mark, fields, note: row[at("note")] || "" });
    }
  };
  byId("marks-save").addEventListener("click", () => app.download(csv(), "overrules.csv", "text/csv"));
  byId("marks-load").addEventListener("change", async (e) => {
    const [file] = e.target.files;
    if (!file) return;
    try {
      load(await file.text());
      byId("marks-status").textContent = `${many(marks.size, "check")} now`;
    } catch (error) {
      byId("marks-status").textContent = `${file.name}: ${error.message}`;
    }
    e.target.value = "";
    keep();
    listener();
  });
  app.marks = {
    start: keep,
    set,
    of: (doc, mention) => marks.get(keyOf(doc, mention)),
    said: (doc, mention) => SAID[marks.get(keyOf(doc, mention))?.mark],
    whenChanged: (call) => {
      listener = call;
    },
  };
})(window.diplograph, window.diplograph);
