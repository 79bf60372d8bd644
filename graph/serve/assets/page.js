"use strict";

const START = "SELECT ?event ?status ?date WHERE {\n  ?e a dg:Event ; rdfs:label ?event ; dg:status ?status .\n" +
  "  OPTIONAL { ?e dg:date ?date }\n} ORDER BY ?event LIMIT 50\n";
const endpoint = new URL("sparql", document.baseURI).href;

async function load(name) {
  const answer = await fetch(`assets/${name}`);
  if (!answer.ok) throw new Error(`${name}: ${answer.status}`);
  return answer.json();
}

/* The endpoint knows the prefixes; written out, the editor knows them too, and the query runs elsewhere. */
function declared(sparql, prefixes) {
  const isUsed = ([prefix]) => new RegExp(`(^|[^\\w:-])${prefix}:`).test(sparql);
  const isMissing = ([prefix]) => !new RegExp(`prefix\\s+${prefix}:`, "i").test(sparql);
  const lines = Object.entries(prefixes).filter(isUsed).filter(isMissing);
  return lines.map(([prefix, iri]) => `PREFIX ${prefix}: <${iri}>\n`).join("") + sparql;
}

function offer(examples, prefixes, yasgui) {
  const list = document.getElementById("examples");
  for (const example of examples) list.add(new Option(example.question, example.id));
  list.addEventListener("change", () => {
    const example = examples.find((one) => one.id === list.value);
    if (!example) return;
    const tab = yasgui.addTab(true, { name: example.id });
    tab.setQuery(declared(example.sparql, prefixes));
    tab.query();
  });
}

async function main() {
  const [prefixes, examples] = await Promise.all([load("prefixes.json"), load("examples.json")]);
  document.getElementById("address").textContent = endpoint;
  document.getElementById("prefixes").textContent = Object.keys(prefixes).map((prefix) => `${prefix}:`).join(" ");
  const yasgui = new Yasgui(document.getElementById("editor"), {
    requestConfig: { endpoint, method: "POST" },
    copyEndpointOnNewTab: false,
    corsProxy: undefined,
    endpointCatalogueOptions: { getData: () => [] },
    yasqe: {
      value: declared(START, prefixes),
      prefixCcApi: new URL("assets/prefixes.json", document.baseURI).href,
      autocompleters: ["prefixes", "variables"],
    },
    yasr: { prefixes },
  });
  offer(examples, prefixes, yasgui);
  window.yasgui = yasgui;
}

main();
