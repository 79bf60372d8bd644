"use strict";
/* The network drawn by sigma.js, for graphs that vis-network cannot hold: one line a pair, its events counted. */
window.diplograph.makeRenderer = ({
  net,
  nodeSeen,
  linkSeen,
  label,
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
    sigma: library,
    diplograph: { data, look, drawn },
  } = window;
  if (!library?.Sigma) throw new Error("it offers no WebGL");
  /* Beyond so many nodes, points and thin lines, which a machine without a graphics card can draw too. */
  const large = net.nodes.length > 10000,
    scale = Math.min(0.33, 10 / Math.sqrt(net.nodes.length));
  const pairs = new Map();
  net.links.forEach(([a, b], i) => {
    const key = a < b ? a * net.nodes.length + b : b * net.nodes.length + a;
    if (!pairs.has(key)) pairs.set(key, { a, b, links: [] });
    pairs.get(key).links.push(i);
  });
  const tie = [...pairs.values()];
  const graph = new library.UndirectedGraph();
  graph.import({
    nodes: net.nodes.map((n, i) => ({
      key: i,
      attributes: { x: n.x, y: -n.y, size: Math.max(1, n.size * scale), color: color(i), zIndex: -n.size },
    })),
    edges: tie.map((pair, i) => ({
      key: i,
      source: pair.a,
      target: pair.b,
      attributes: { size: 1, color: look.line },
    })),
  });
  let chosen = new Set(),
    near = null,
    over = null;
  const seen = (pair) => pair.links.filter((l) => linkSeen(l));
  /* Counted anew at each change of the filters, not at each frame. */
  const count = () => {
    for (const pair of tie) {
      const links = seen(pair);
      pair.count = links.length;
      if (!links.length) continue;
      pair.size = Math.min(0.6 + Math.log2(links.length + 1) * 0.7, 6);
      if (links.length === 1) {
        pair.color = look.event(data.events[net.links[links[0]][2]]);
        continue;
      }
      const found = new Map();
      for (const l of links) {
        const key = look.event(data.events[net.links[l][2]]);
        found.set(key, (found.get(key) || 0) + 1);
      }
      pair.color = [...found].reduce((best, one) => (one[1] > best[1] ? one : best))[0];
    }
  };
  count();
  const HIDDEN = { hidden: true };
  const sigma = new library.Sigma(graph, home, {
    allowInvalidContainer: true,
    enableEdgeEvents: !large,
    hideEdgesOnMove: large,
    renderLabels: false,
    zIndex: true,
    minEdgeThickness: 0.4,
    defaultDrawNodeHover: () => {},
    ...(large
      ? {
          nodeProgramClasses: { circle: library.NodePointProgram },
          edgeProgramClasses: { line: library.EdgeLineProgram },
        }
      : {}),
    nodeReducer: (i, a) => {
      if (!nodeSeen(i)) return { ...a, hidden: true };
      if (!near || near.nodes.has(Number(i))) return near ? { ...a, zIndex: 100 } : a;
      return { ...a, color: look.line, zIndex: -1000 };
    },
    edgeReducer: (i) => {
      const pair = tie[i];
      if (!pair.count) return HIDDEN;
      if (!near) return { color: pair.color, size: pair.size };
      return pair.links.some((l) => near.links.has(l))
        ? { color: pair.color, size: pair.size + 1, zIndex: 2 }
        : { color: look.line, size: 0.5, zIndex: 0 };
    },
  });
  const ratio = () => window.devicePixelRatio || 1;
  sigma.on("afterRender", () => {
    const context = sigma.getCanvases().labels.getContext("2d");
    context.setTransform(ratio(), 0, 0, ratio(), 0, 0);
    context.clearRect(0, 0, home.clientWidth, home.clientHeight);
    const where = (i) => sigma.graphToViewport({ x: net.nodes[i].x, y: -net.nodes[i].y });
    const size = (i) => sigma.scaleSize(graph.getNodeAttribute(i, "size"));
    context.strokeStyle = look.accent;
    context.lineWidth = 2.5;
    for (const i of chosen) {
      const { x, y } = where(i);
      context.beginPath();
      context.arc(x, y, size(i) + 4, 0, 2 * Math.PI);
      context.stroke();
    }
    const strong = new Set([...chosen, ...(over === null ? [] : [over])]);
    const rest = near ? byWeight.filter((i) => near.nodes.has(i)) : byWeight;
    names(context, {
      order: [...strong, ...rest.filter((i) => !strong.has(i))],
      place: (i) => {
        const { x, y } = where(i);
        return [x, y + size(i) + 2];
      },
      scale: 1,
      strong,
      box: [0, 0, home.clientWidth, home.clientHeight],
      taken: [],
    });
    drawn();
  });
  sigma.scheduleRender(); // the first one came before anybody listened
  sigma.on("clickNode", ({ node }) => clickNode(Number(node)));
  sigma.on("doubleClickNode", (e) => {
    e.preventSigmaDefault();
    focusNode(Number(e.node));
  });
  sigma.on("clickEdge", ({ edge }) => clickLinks([...new Set(seen(tie[edge]).map((l) => net.links[l][2]))]));
  sigma.on("enterNode", ({ node }) => {
    over = Number(node);
    home.style.cursor = "pointer";
    sigma.scheduleRender();
  });
  sigma.on("leaveNode", () => {
    over = null;
    home.style.cursor = "";
    sigma.scheduleRender();
  });
  const camera = sigma.getCamera();
  const box = (nodes) => {
    let [x0, x1, y0, y1] = [Infinity, -Infinity, Infinity, -Infinity];
    for (const i of nodes) {
      const { x, y } = sigma.getNodeDisplayData(i);
      x0 = Math.min(x0, x);
      x1 = Math.max(x1, x);
      y0 = Math.min(y0, y);
      y1 = Math.max(y1, y);
    }
    return x0 <= x1
      ? { x: (x0 + x1) / 2, y: (y0 + y1) / 2, ratio: Math.min(1.1, Math.max(x1 - x0, y1 - y0, 0.03) * 1.15) }
      : { x: 0.5, y: 0.5, ratio: 1 };
  };
  return {
    refresh: () => {
      count();
      sigma.refresh();
    },
    select: (list, number) => {
      chosen = new Set(list);
      near = list.length ? related(list, number) : null;
      sigma.refresh({ skipIndexation: true });
    },
    centre: (list) => {
      const to = box(list);
      camera.animate({ ...to, ratio: Math.max(Math.min(to.ratio * 2, 0.4), 0.08) }, { duration: 300 });
    },
    fit: () => camera.animate(box(net.nodes.map((_, i) => i).filter(nodeSeen)), { duration: 200 }),
    zoom: (factor) => camera.animate({ ratio: camera.ratio / factor }, { duration: 150 }),
    move: (dx, dy) => {
      const s = camera.ratio / Math.max(home.clientWidth, 1);
      camera.setState({ x: camera.x + dx * s, y: camera.y - dy * s });
    },
    look: () => {
      graph.forEachNode((i) => graph.setNodeAttribute(i, "color", color(Number(i))));
      count();
      sigma.refresh();
    },
    places: () => net.nodes.map((n) => [n.x, n.y]),
    lines: () =>
      tie
        .filter((p) => p.count)
        .map((p) => ({
          from: p.a,
          to: p.b,
          bend: 0,
          event: data.events[net.links[seen(p)[0]][2]],
          width: p.size,
          status: null,
          directed: false,
        })),
    ready: () => sigma,
  };
};
