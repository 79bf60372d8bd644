"use strict";
/* The network drawn by vis-network, from pyvis's nodes and edges: every event a line of its own. */
window.diplograph.makeRenderer = ({
  net,
  nodeSeen,
  linkSeen,
  color,
  clickNode,
  clickLinks,
  focusNode,
  home,
  related,
  names,
  byWeight,
}) => {
  const {
    vis,
    diplograph: { data, look, statusOf, drawn },
  } = window;
  const nodes = new vis.DataSet(
    net.nodes.map((n, i) => ({
      ...net.vis[i],
      id: i,
      label: undefined,
      title: undefined,
      color: color(i),
      chosen: false,
    })),
  );
  const edges = new vis.DataSet(
    net.links.map(([from, to, event], i) => ({
      ...net.edges[i],
      id: i,
      from,
      to,
      title: undefined,
      label: undefined,
      color: look.event(data.events[event]),
      chosen: false,
    })),
  );
  const nodeView = new vis.DataView(nodes, { filter: (n) => nodeSeen(n.id) });
  const edgeView = new vis.DataView(edges, { filter: (e) => linkSeen(e.id) });
  const network = new vis.Network(
    home,
    { nodes: nodeView, edges: edgeView },
    {
      physics: false,
      layout: { improvedLayout: false },
      autoResize: true,
      interaction: {
        hover: true,
        tooltipDelay: 1e9,
        multiselect: false,
        hideEdgesOnDrag: net.links.length > 1500,
        hideEdgesOnZoom: net.links.length > 1500,
      },
      nodes: { borderWidth: 0 },
      edges: { arrows: { to: { scaleFactor: 0.6 } }, selectionWidth: 0, hoverWidth: 0, arrowStrikethrough: false },
    },
  );
  const at = net.nodes.map((n) => [n.x, n.y]);
  let chosen = new Set(),
    near = null,
    over = null;

  network.on("dragEnd", ({ nodes: moved }) => {
    for (const i of moved) {
      const p = network.getPositions([i])[i];
      at[i] = [p.x, p.y];
    }
  });
  network.on("click", ({ nodes: [node], edges: [edge] }) => {
    if (node !== undefined) clickNode(node);
    else if (edge !== undefined) clickLinks([net.links[edge][2]]);
  });
  network.on("doubleClick", ({ nodes: [node] }) => {
    if (node !== undefined) focusNode(node);
  });
  const point = (cursor) => {
    home.style.cursor = cursor;
  };
  network.on("hoverNode", ({ node }) => {
    over = node;
    point("pointer");
    network.redraw();
  });
  network.on("blurNode", () => {
    over = null;
    point("");
    network.redraw();
  });
  network.on("hoverEdge", () => point("pointer"));
  network.on("blurEdge", () => point(""));

  const middle = (id) => {
    const { edgeType } = network.body.edges[id];
    return edgeType.getPoint(0.5, edgeType.getViaNode());
  };
  /* Between two changes of the data vis-network may draw without a line that is to come. */
  const drawnLine = (id) => network.body.edges[id] !== undefined;
  const strike = (context, id, scale) => {
    const event = data.events[net.links[id][2]];
    if (!statusOf.get(event.status).struck) return;
    const { x, y } = middle(id),
      r = 6 / Math.max(scale, 0.5);
    context.strokeStyle = look.event(event);
    context.lineWidth = 2.2 / Math.max(scale, 0.5);
    context.beginPath();
    context.moveTo(x - r, y - r);
    context.lineTo(x + r, y + r);
    context.moveTo(x + r, y - r);
    context.lineTo(x - r, y + r);
    context.stroke();
  };
  const kinds = (context, list, scale, taken) => {
    for (const id of list) {
      const [one, other, number] = net.links[id],
        event = data.events[number];
      if (net.nodes[other].event !== null || net.nodes[one].event !== null) continue;
      const text = [event.status !== "occurred" && statusOf.get(event.status).sign, event.kind]
        .filter(Boolean)
        .join(" ");
      const p = middle(id);
      context.font = `${11.5 / scale}px system-ui, sans-serif`;
      const wide = context.measureText(text).width * scale,
        [x, y] = [p.x * scale, p.y * scale];
      const length = Math.hypot(at[one][0] - at[other][0], at[one][1] - at[other][1]) * scale;
      const area = [x - wide / 2 - 2, y - 8, x + wide / 2 + 2, y + 8];
      if (wide > length || taken.some((t) => area[0] <= t[2] && area[2] >= t[0] && area[1] <= t[3] && area[3] >= t[1]))
        continue;
      taken.push(area);
      context.lineWidth = 4 / scale;
      context.strokeStyle = look.paper;
      context.fillStyle = look.event(event);
      context.textAlign = "center";
      context.textBaseline = "middle";
      context.strokeText(text, p.x, p.y);
      context.fillText(text, p.x, p.y);
    }
  };
  /* What is chosen is drawn once more, over a veil that lies on the rest. */
  const veil = (context, scale) => {
    context.save();
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.globalAlpha = 0.78;
    context.fillStyle = look.paper;
    context.fillRect(0, 0, context.canvas.width, context.canvas.height);
    context.restore();
    for (const id of [...near.links].filter(drawnLine)) {
      network.body.edges[id].draw(context);
      network.body.edges[id].drawArrows(context);
      strike(context, id, scale);
    }
    for (const i of near.nodes) if (nodeSeen(i)) network.body.nodes[i].draw(context);
    for (const i of chosen) {
      context.strokeStyle = look.accent;
      context.lineWidth = 3 / scale;
      context.beginPath();
      context.arc(...at[i], net.nodes[i].size + 5 / scale, 0, 2 * Math.PI);
      context.stroke();
    }
  };
  network.on("afterDrawing", (context) => {
    const scale = network.getScale(),
      lines = edgeView.getIds().filter(drawnLine),
      taken = [];
    for (const id of lines) strike(context, id, scale);
    if (near) veil(context, scale);
    const [a, b] = [
      network.DOMtoCanvas({ x: 0, y: 0 }),
      network.DOMtoCanvas({ x: home.clientWidth, y: home.clientHeight }),
    ];
    const strong = new Set([...chosen, ...(over === null ? [] : [over])]);
    const order = [...strong, ...(near ? byWeight.filter((i) => near.nodes.has(i)) : byWeight)].filter(
      (i, n, all) => n < strong.size || !strong.has(i),
    );
    names(context, {
      order,
      place: (i) => [at[i][0], at[i][1] + net.nodes[i].size + 3 / scale],
      scale,
      strong,
      box: [a.x, a.y, b.x, b.y],
      taken,
    });
    for (const i of order.slice(0, 400)) {
      if (!nodeSeen(i)) continue;
      const [x, y] = [at[i][0] * scale, at[i][1] * scale],
        r = net.nodes[i].size * scale;
      taken.push([x - r, y - r, x + r, y + r]);
    }
    const told = near ? [...near.links].filter(drawnLine) : lines;
    if (told.length <= 150) kinds(context, told, scale, taken);
    drawn();
  });
  const ids = (list) => ({
    nodes: list,
    maxZoomLevel: 1.3,
    animation: !window.matchMedia("(prefers-reduced-motion: reduce)").matches && { duration: 300 },
  });
  /* With room for names and bent lines at the edge. */
  const fit = () => {
    const seen = nodeView.getIds();
    if (!seen.length) return;
    network.fit({ nodes: seen, maxZoomLevel: 1.3 });
    network.moveTo({ scale: network.getScale() * 0.88 });
  };
  network.once("beforeDrawing", fit);
  return {
    refresh: () => {
      nodeView.refresh();
      edgeView.refresh();
    },
    select: (list, number) => {
      chosen = new Set(list);
      near = list.length ? related(list, number) : null;
      network.redraw();
    },
    centre: (list) => {
      if (list.length > 1) network.fit(ids(list));
      else network.focus(list[0], { scale: Math.max(network.getScale(), 0.8), animation: ids([]).animation });
    },
    fit,
    zoom: (factor) => network.moveTo({ scale: network.getScale() * factor }),
    move: (dx, dy) => {
      const p = network.getViewPosition(),
        s = network.getScale();
      network.moveTo({ position: { x: p.x + dx / s, y: p.y + dy / s } });
    },
    look: () => {
      nodes.update(net.nodes.map((_, i) => ({ id: i, color: color(i) })));
      edges.update(net.links.map(([, , e], i) => ({ id: i, color: look.event(data.events[e]) })));
    },
    places: () => at,
    lines: () =>
      edgeView.getIds().map((id) => {
        const [from, to, e] = net.links[id];
        const v = net.edges[id].smooth;
        return {
          from,
          to,
          event: data.events[e],
          width: net.edges[id].width,
          directed: Boolean(net.edges[id].arrows),
          status: data.events[e].status,
          bend: v.enabled ? (v.type === "curvedCW" ? -v.roundness : v.roundness) : 0,
        };
      }),
    ready: () => network,
  };
};
