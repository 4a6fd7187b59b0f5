// The picture: pan and zoom, boxes that can be reached by mouse and keyboard, and a view that is kept.

import type { Drawing, Element } from "./backend";

export interface Picture {
  show: (drawing: Drawing) => void;
  light: (statement: string | null, reveal?: boolean) => void;
  find: (words: string, go: boolean) => number;
  fit: () => void;
  zoom: (by: number) => void;
  at: (offset: number) => Element | null;
  /** The text has changed, and the picture has not yet. */
  follow: (now: (at: number) => number) => void;
  element: (statement: string) => Element | null;
  svg: () => SVGSVGElement | null;
}

export interface PictureEvents {
  chosen: (statement: string) => void;
  asked: (statement: string) => void;
  text: (statement: string) => void;
}

const SVG = "http://www.w3.org/2000/svg";
const calm = matchMedia("(prefers-reduced-motion: reduce)");
const MOST_MOVING = 150;

export function makePicture(frame: HTMLElement, stage: HTMLElement, events: PictureEvents): Picture {
  let view = { x: 0, y: 0, scale: 1 };
  let size = { width: 1, height: 1 };
  let elements: Element[] = [];
  let boxes = new Map<string, SVGGElement>();
  let current: string | null = null;
  let isFitted = true;

  const place = () => {
    stage.style.transform = `translate(${view.x}px, ${view.y}px) scale(${view.scale})`;
  };
  function zoom(by: number, x = frame.clientWidth / 2, y = frame.clientHeight / 2) {
    const scale = Math.min(8, Math.max(0.05, view.scale * by));
    const ratio = scale / view.scale;
    view = { x: x - (x - view.x) * ratio, y: y - (y - view.y) * ratio, scale };
    isFitted = false;
    place();
  }
  function fit() {
    const scale = Math.min(1.6, (frame.clientWidth - 16) / size.width, (frame.clientHeight - 16) / size.height);
    view = { x: (frame.clientWidth - size.width * scale) / 2, y: Math.max(8, (frame.clientHeight - size.height * scale) / 2), scale };
    isFitted = true;
    place();
  }
  function reveal(box: SVGGElement) {
    const around = frame.getBoundingClientRect();
    const found = box.getBoundingClientRect();
    const margin = 24;
    if (found.left < around.left) view.x += around.left - found.left + margin;
    else if (found.right > around.right) view.x -= found.right - around.right + margin;
    if (found.top < around.top) view.y += around.top - found.top + margin;
    else if (found.bottom > around.bottom) view.y -= found.bottom - around.bottom + margin;
    isFitted = false;
    place();
  }

  // -- moving the view --

  frame.addEventListener("wheel", (event) => {
    event.preventDefault();
    const around = frame.getBoundingClientRect();
    if (event.ctrlKey || event.metaKey) {
      zoom(Math.exp(-event.deltaY / 300), event.clientX - around.left, event.clientY - around.top);
      return;
    }
    view = { ...view, x: view.x - (event.shiftKey ? event.deltaY : event.deltaX), y: view.y - (event.shiftKey ? 0 : event.deltaY) };
    isFitted = false;
    place();
  }, { passive: false });
  const fingers = new Map<number, PointerEvent>();
  let far = false;
  frame.addEventListener("pointerdown", (event) => {
    if (event.pointerType === "mouse" && event.button !== 0) return;
    fingers.set(event.pointerId, event);
    if (fingers.size === 1) far = false;
  });
  addEventListener("pointermove", (event) => {
    const before = fingers.get(event.pointerId);
    if (!before) return;
    const [dx, dy] = [event.clientX - before.clientX, event.clientY - before.clientY];
    if (!far && Math.hypot(dx, dy) < 4) return;
    far = true;
    isFitted = false;
    const others = [...fingers.values()].filter((finger) => finger.pointerId !== event.pointerId);
    const other = others[0];
    if (other) {
      const around = frame.getBoundingClientRect();
      const span = (one: PointerEvent) => Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY);
      zoom(span(event) / Math.max(1, span(before)), (event.clientX + other.clientX) / 2 - around.left, (event.clientY + other.clientY) / 2 - around.top);
    } else {
      view = { ...view, x: view.x + dx, y: view.y + dy };
      place();
    }
    fingers.set(event.pointerId, event);
  });
  for (const name of ["pointerup", "pointercancel"] as const)
    addEventListener(name, (event) => void fingers.delete(event.pointerId));
  frame.addEventListener("click", (event) => {
    // The click that ends a drag chooses nothing.
    if (far) { event.stopPropagation(); event.preventDefault(); }
    far = false;
  }, { capture: true });
  // A tag leads to the box of the statement that it stands for.
  stage.addEventListener("click", (event) => {
    const link = (event.target as globalThis.Element).closest("a");
    const target = link?.getAttribute("href")?.startsWith("#") ? link.getAttribute("href")!.slice(1) : null;
    if (target === null) return;
    event.preventDefault();
    go(elements.find((each) => each.id === target)?.statement);
  });
  new ResizeObserver(() => { if (isFitted) fit(); }).observe(frame);

  // -- boxes --

  const element = (statement: string) => elements.find((each) => each.kind === "statement" && each.statement === statement) ?? null;
  const children = (parent: string | null) =>
    elements.filter((each) => each.kind === "statement" && (each.parent !== null && boxes.has(each.parent) ? each.parent : null) === parent);
  const parentOf = (each: Element | null) => (each?.parent != null && boxes.has(each.parent) ? each.parent : null);

  function light(statement: string | null, revealed = false) {
    if (current !== null) {
      boxes.get(current)?.classList.remove("lit");
      boxes.get(current)?.setAttribute("tabindex", "-1");
      boxes.get(current)?.removeAttribute("aria-current");
    }
    const box = statement === null ? undefined : boxes.get(statement);
    if (!box) return;
    current = statement;
    box.classList.add("lit");
    box.setAttribute("tabindex", "0");
    box.setAttribute("aria-current", "true");
    if (revealed) reveal(box);
  }
  function go(statement: string | null | undefined) {
    if (!statement) return;
    light(statement, true);
    boxes.get(statement)?.focus({ preventScroll: true });
    events.chosen(statement);
  }
  function trace(statement: string | null) {
    const svg = stage.querySelector("svg");
    svg?.classList.toggle("tracing", statement !== null);
    for (const box of boxes.values()) box.classList.remove("bears");
    if (statement === null) return;
    const lit = (id: string) => boxes.get(id)?.classList.add("bears");
    for (let at: string | null = statement; at !== null; at = parentOf(element(at))) {
      if (boxes.get(at)?.classList.contains("bears")) break;
      lit(at);
    }
    const below = [statement];
    for (const id of below)
      for (const child of children(id))
        if (child.statement && !below.includes(child.statement)) { below.push(child.statement); lit(child.statement); }
  }
  const steps: Record<string, number> = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 };
  function keyed(event: KeyboardEvent, each: Element, statement: string) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const step = steps[event.key];
    if (event.shiftKey && event.key === "ArrowUp") go(parentOf(each));
    else if (event.shiftKey && event.key === "ArrowDown") go(children(statement)[0]?.statement);
    else if (step !== undefined && !event.shiftKey) {
      const row = children(parentOf(each));
      const here = row.findIndex((other) => other.statement === statement);
      go(row[(here + step + row.length) % row.length]?.statement);
    } else if (event.key === "Enter") events.asked(statement);
    else if (event.key === " ") events.text(statement);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
  function bring(each: Element, box: SVGGElement, statement: string, level: number) {
    const row = children(parentOf(each));
    const said: Record<string, string | number> = {
      role: "treeitem", tabindex: -1, "aria-label": each.name, "aria-level": level,
      "aria-posinset": row.indexOf(each) + 1, "aria-setsize": row.length,
    };
    for (const [name, value] of Object.entries(said)) box.setAttribute(name, String(value));
    box.addEventListener("click", () => { light(statement); box.focus({ preventScroll: true }); events.chosen(statement); });
    box.addEventListener("dblclick", (event) => { event.preventDefault(); events.asked(statement); });
    box.addEventListener("keydown", (event) => keyed(event, each, statement));
    box.addEventListener("pointerenter", () => trace(statement));
    box.addEventListener("pointerleave", () => trace(null));
  }

  function show(drawing: Drawing) {
    const svg = new DOMParser().parseFromString(drawing.svg, "image/svg+xml").documentElement as unknown as SVGSVGElement;
    if (svg.namespaceURI !== SVG) return;
    const isFirst = boxes.size === 0;
    const focused = [...boxes].find(([, box]) => box === (document.activeElement as unknown))?.[0];
    const before = new Map([...boxes].map(([id, box]) => [id, box.getBoundingClientRect()]));
    const around = frame.getBoundingClientRect();
    // What stays where it is: the box with the caret, else the one nearest to the middle.
    const middle = (box: DOMRect) => Math.hypot(box.x + box.width / 2 - around.x - around.width / 2, box.y + box.height / 2 - around.y - around.height / 2);
    const nearest = [...before].sort(([, one], [, other]) => middle(one) - middle(other)).map(([id]) => id);

    elements = drawing.elements;
    size = { width: svg.viewBox.baseVal.width * (4 / 3), height: svg.viewBox.baseVal.height * (4 / 3) };
    svg.setAttribute("width", String(size.width));
    svg.setAttribute("height", String(size.height));
    svg.setAttribute("role", "tree");
    svg.querySelector("g")?.setAttribute("role", "none");
    stage.replaceChildren(document.importNode(svg, true));
    boxes = new Map();
    for (const each of elements)
      if (each.kind === "statement" && each.statement !== null) {
        const box = document.getElementById(each.id);
        if (box) boxes.set(each.statement, box as unknown as SVGGElement);
      }
    for (const each of elements) {
      const box = each.statement !== null && each.kind === "statement" ? boxes.get(each.statement) : undefined;
      if (!box || each.statement === null) continue;
      let level = 1;
      const seen = new Set([each.statement]);
      for (let up = parentOf(each); up !== null && !seen.has(up); up = parentOf(element(up))) { seen.add(up); level++; }
      bring(each, box, each.statement, level);
    }
    if (isFirst || isFitted) fit();
    else {
      const anchor = [current ?? "", ...nearest].find((id) => boxes.has(id) && before.has(id));
      const [old, now] = [before.get(anchor ?? ""), boxes.get(anchor ?? "")?.getBoundingClientRect()];
      if (old && now) { view = { ...view, x: view.x + old.x - now.x, y: view.y + old.y - now.y }; place(); }
    }
    if (!isFirst && !calm.matches && boxes.size <= MOST_MOVING)
      for (const [id, box] of boxes) {
        const [old, now] = [before.get(id), box.getBoundingClientRect()];
        if (!old) box.animate([{ opacity: 0 }, { opacity: 1 }], 200);
        else if (Math.hypot(old.x - now.x, old.y - now.y) > 1) {
          const [dx, dy] = [(old.x - now.x) * size.width / (view.scale * size.width) * 0.75, (old.y - now.y) / view.scale * 0.75];
          box.animate([{ transform: `translate(${dx}px, ${dy}px)` }, { transform: "none" }], { duration: 200, easing: "ease-out" });
        }
      }
    const kept = focused !== undefined && boxes.has(focused) ? focused : current !== null && boxes.has(current) ? current : elements.find((each) => each.kind === "statement")?.statement ?? null;
    current = null;
    light(kept);
    if (focused !== undefined && kept !== null) boxes.get(kept)?.focus({ preventScroll: true });
  }

  return {
    show, light, fit, zoom, element,
    svg: () => stage.querySelector("svg"),
    follow(now) {
      elements = elements.map((each) => ({ ...each, span: each.span && { from: now(each.span.from), to: now(each.span.to) } }));
    },
    at(offset) {
      const found = elements.filter((each) => each.kind === "statement" && each.span && each.span.from <= offset);
      return found.reduce<Element | null>((best, each) => (!best || each.span!.from >= best.span!.from ? each : best), null);
    },
    find(words, going) {
      const wanted = words.trim().toLowerCase();
      const hits = elements.filter((each) => each.kind === "statement" && wanted && each.name.toLowerCase().includes(wanted));
      for (const box of boxes.values()) box.classList.remove("found");
      for (const hit of hits) boxes.get(hit.statement ?? "")?.classList.add("found");
      if (going && hits.length) {
        const order = hits.map((hit) => hit.statement);
        go(order[(order.indexOf(current) + 1) % order.length]);
      }
      return hits.length;
    },
  };
}
