// The picture: pan and zoom, boxes that can be reached by mouse and keyboard, and a view that is kept.

import type { Drawing, Element } from "./backend";

export interface Picture {
  show: (drawing: Drawing) => void;
  light: (statement: string | null, reveal?: boolean) => void;
  find: (words: string, go: boolean) => number;
  fit: () => void;
  /** Takes the picture away; the next one is fitted anew. */
  clear: () => void;
  zoom: (by: number) => void;
  at: (offset: number) => Element | null;
  /** The text has changed, and the picture has not yet. */
  follow: (now: (at: number) => number) => void;
  element: (statement: string) => Element | null;
  /** What is drawn under a statement; under "", the topmost. */
  below: (statement: string) => string[];
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
    isFitted = true;
    if (!frame.clientWidth) return; // the text is shown instead
    const scale = Math.min(1.4, (frame.clientWidth - 16) / size.width, (frame.clientHeight - 16) / size.height);
    view = { x: (frame.clientWidth - size.width * scale) / 2, y: Math.max(8, (frame.clientHeight - size.height * scale) / 2), scale };
    place();
  }
  function reveal(box: SVGGElement) {
    if (!frame.clientWidth) return;
    const around = frame.getBoundingClientRect();
    const found = box.getBoundingClientRect();
    const margin = 24;
    const before = view;
    view = { ...view };
    if (found.left < around.left) view.x += around.left - found.left + margin;
    else if (found.right > around.right) view.x -= found.right - around.right + margin;
    if (found.top < around.top) view.y += around.top - found.top + margin;
    else if (found.bottom > around.bottom) view.y -= found.bottom - around.bottom + margin;
    if (view.x === before.x && view.y === before.y) return;
    isFitted = false;
    place();
  }

  /** Goes near enough to read a box, where it is too small. */
  function nearer(box: SVGGElement) {
    if (view.scale > 0.7 || !frame.clientWidth) return;
    const [around, found] = [frame.getBoundingClientRect(), box.getBoundingClientRect()];
    zoom(1 / view.scale, found.x + found.width / 2 - around.x, found.y + found.height / 2 - around.y);
    reveal(box);
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
  // Two taps beside the boxes go near, or back to the whole; on a box the second one asks.
  let tap: PointerEvent | null = null;
  frame.addEventListener("pointerup", (event) => {
    if (event.pointerType !== "touch") return;
    const before = tap;
    tap = far || fingers.size > 1 || at(event.target) !== null ? null : event;
    if (!tap || !before || tap.timeStamp - before.timeStamp > 300 || Math.hypot(tap.clientX - before.clientX, tap.clientY - before.clientY) > 30) return;
    tap = null;
    const around = frame.getBoundingClientRect();
    if (view.scale < 0.99) zoom(Math.max(1 / view.scale, 2), event.clientX - around.left, event.clientY - around.top);
    else fit();
  });
  frame.addEventListener("click", (event) => {
    // The click that ends a drag chooses nothing.
    if (far) { event.stopPropagation(); event.preventDefault(); }
    far = false;
  }, { capture: true });
  new ResizeObserver(() => { if (isFitted) fit(); }).observe(frame);

  // -- boxes --

  const element = (statement: string) => elements.find((each) => each.kind === "statement" && each.statement === statement) ?? null;
  /** The statements above and below each, as far as they are drawn; the topmost are under "". A circle is cut open. */
  let parents = new Map<string, string>();
  let children = new Map<string, string[]>();
  function relate() {
    parents = new Map();
    children = new Map();
    for (const { statement, parent } of elements.filter((each) => each.kind === "statement")) {
      if (statement === null || !boxes.has(statement)) continue;
      let top = parent !== null && boxes.has(parent) ? parent : undefined;
      const above = top ?? "";
      while (top !== undefined && top !== statement) top = parents.get(top);
      if (top === statement) { children.set("", [...(children.get("") ?? []), statement]); continue; }
      if (above) parents.set(statement, above);
      children.set(above, [...(children.get(above) ?? []), statement]);
    }
  }

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
    focus(boxes.get(statement));
    events.chosen(statement);
  }
  let isGoing = false;
  /** Gives a box the focus, which by itself chooses nothing. */
  function focus(box: SVGGElement | undefined) {
    isGoing = true;
    box?.focus({ preventScroll: true });
    isGoing = false;
  }
  /** Lights what bears on a statement, and what it bears on. */
  function trace(statement: string | null) {
    const lit = new Set<string>();
    for (let at = statement ?? undefined; at !== undefined && !lit.has(at); at = parents.get(at)) lit.add(at);
    const under = statement === null ? [] : [statement];
    for (const id of under) for (const child of children.get(id) ?? []) if (!lit.has(child)) { lit.add(child); under.push(child); }
    stage.querySelector("svg")?.classList.toggle("tracing", statement !== null);
    for (const [id, box] of boxes) box.classList.toggle("bears", lit.has(id));
  }
  const steps: Record<string, number> = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 };
  function keyed(event: KeyboardEvent, statement: string) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const step = steps[event.key];
    if (event.shiftKey && event.key === "ArrowUp") go(parents.get(statement));
    else if (event.shiftKey && event.key === "ArrowDown") go(children.get(statement)?.[0]);
    else if (step !== undefined && !event.shiftKey) {
      const row = children.get(parents.get(statement) ?? "") ?? [];
      go(row[(row.indexOf(statement) + step + row.length) % row.length]);
    } else if (event.key === "Enter") events.asked(statement);
    else if (event.key === " ") events.text(statement);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
  /** The statement whose box an event is in. */
  function at(target: EventTarget | null): string | null {
    const box = (target as globalThis.Element | null)?.closest("g.statement");
    return elements.find((each) => each.id === box?.id)?.statement ?? null;
  }
  let chosen: string | null = null;
  // Before the press itself gives a box the focus.
  stage.addEventListener("pointerdown", () => { chosen = at(document.activeElement); });
  stage.addEventListener("click", (event) => {
    const [statement, link] = [at(event.target), (event.target as globalThis.Element).closest("a")];
    const target = link?.getAttribute("href")?.startsWith("#") ? link.getAttribute("href")!.slice(1) : null;
    if (target !== null) {
      // A tag leads to the box of the statement that it stands for.
      event.preventDefault();
      go(elements.find((each) => each.id === target)?.statement);
    } else if (statement !== null) {
      // The first click chooses it, by the focus; the next asks.
      if (statement === chosen) events.asked(statement);
      else boxes.get(statement)?.focus({ preventScroll: true });
    }
  });
  // However a box gets the focus, it is the chosen one.
  stage.addEventListener("focusin", (event) => {
    const statement = at(event.target);
    if (statement === null || isGoing) return;
    light(statement);
    events.chosen(statement);
  });
  stage.addEventListener("keydown", (event) => { const statement = at(event.target); if (statement !== null) keyed(event, statement); });
  stage.addEventListener("pointerover", (event) => { if (event.pointerType === "mouse") trace(at(event.target)); });
  stage.addEventListener("pointerleave", () => trace(null));

  /** The parts of the picture that is shown, each as it came, and what was made of it. */
  let parts = new Map<string, globalThis.Element>();
  const parse = (svg: string) => new DOMParser().parseFromString(svg, "image/svg+xml").documentElement as unknown as SVGSVGElement;
  /** Puts a new picture in the place of the old one. What is alike stays, and is neither read nor laid out again. */
  function patch(svg: string): boolean {
    const end = svg.lastIndexOf("</g>");
    const [start, ...now] = svg.slice(0, end).trimEnd().split(/\n(?=<g id=)/) as [string, ...string[]];
    const fresh = now.filter((part) => !parts.has(part));
    const next = parse(start + fresh.join("") + svg.slice(end));
    if (next.namespaceURI !== SVG) return false;
    const [made, shown] = [document.importNode(next, true), stage.querySelector("svg")];
    const [from, into] = [made.lastElementChild!, shown?.lastElementChild];
    const known = new Map(fresh.map((part, index) => [part, from.children[index + 1]!])); // behind the ground
    parts = new Map(now.map((part) => [part, parts.get(part) ?? known.get(part)!]));
    if (!shown || !into) {
      stage.replaceChildren(made);
      return true;
    }
    for (const { name, value } of made.attributes) if (shown.getAttribute(name) !== value) shown.setAttribute(name, value);
    for (const name of ["title", "desc"]) shown.querySelector(name)!.textContent = made.querySelector(name)!.textContent;
    into.firstElementChild!.replaceWith(from.firstElementChild!);
    const kept = new Set(parts.values());
    for (const copy of [...into.children].slice(1)) if (!kept.has(copy)) copy.remove();
    let place = into.children[1] ?? null;
    for (const node of kept) {
      if (node === place) place = place.nextElementSibling;
      else into.insertBefore(node, place);
    }
    return true;
  }

  function show(drawing: Drawing) {
    const isFirst = boxes.size === 0;
    const focused = [...boxes].find(([, box]) => box === (document.activeElement as unknown))?.[0];
    const before = new Map([...boxes].map(([id, box]) => [id, box.getBoundingClientRect()]));
    const around = frame.getBoundingClientRect();

    if (!patch(drawing.svg)) return;
    elements = drawing.elements;
    const svg = stage.querySelector("svg")!;
    size = { width: svg.viewBox.baseVal.width * (4 / 3), height: svg.viewBox.baseVal.height * (4 / 3) };
    svg.setAttribute("role", "tree");
    svg.lastElementChild!.setAttribute("role", "none");
    boxes = new Map();
    for (const { id, kind, statement } of elements) {
      const box = kind === "statement" && statement !== null ? document.getElementById(id) : null;
      if (box) boxes.set(statement!, box as unknown as SVGGElement);
    }
    relate();
    const found = new Map(elements.map((each) => [each.id, each]));
    const order: string[] = [];
    const describe = (above: string, level: number) => children.get(above)?.forEach((id, index, row) => {
      const box = boxes.get(id)!;
      const { name, is_folded } = found.get(box.id)!;
      order.push(box.id);
      const said = {
        role: "treeitem", tabindex: -1, "aria-label": name, "aria-level": level,
        "aria-posinset": index + 1, "aria-setsize": row.length,
        ...(is_folded || children.has(id) ? { "aria-expanded": !is_folded } : {}),
      };
      for (const [key, value] of Object.entries(said)) if (box.getAttribute(key) !== String(value)) box.setAttribute(key, String(value));
      describe(id, level + 1);
    });
    for (const box of boxes.values()) box.removeAttribute("aria-expanded");
    describe("", 1);
    // They are read in the order of the argument, however they lie in the picture.
    stage.querySelector("svg")!.setAttribute("aria-owns", order.join(" "));
    // Tab stops at one box, not at every tag; the boxes that tags lead to are reached by the arrows.
    for (const tag of stage.querySelectorAll('a[href^="#"]')) tag.setAttribute("tabindex", "-1");
    // Boxes say what joins them; lines would only be in the way between the items of a tree.
    for (const line of stage.querySelectorAll("svg > g > g[role=img]:not(.statement, [aria-hidden])")) line.setAttribute("aria-hidden", "true");
    if (isFirst || isFitted) fit();
    else {
      // What stays where it is: the box with the caret, else the one nearest to the middle.
      const middle = (box: DOMRect) => Math.hypot(box.x + box.width / 2 - around.x - around.width / 2, box.y + box.height / 2 - around.y - around.height / 2);
      const nearest = [...before].sort(([, one], [, other]) => middle(one) - middle(other)).map(([id]) => id);
      const anchor = [current ?? "", ...nearest].find((id) => boxes.has(id) && before.has(id));
      const [old, now] = [before.get(anchor ?? ""), boxes.get(anchor ?? "")?.getBoundingClientRect()];
      if (old && now) { view = { ...view, x: view.x + old.x - now.x, y: view.y + old.y - now.y }; place(); }
      else fit(); // nothing is left of what was seen
    }
    if (!isFirst && !calm.matches && boxes.size <= MOST_MOVING) {
      const now = new Map([...boxes].map(([id, box]) => [id, box.getBoundingClientRect()]));
      for (const [id, box] of boxes) {
        const [old, here] = [before.get(id), now.get(id)!];
        if (!old) box.animate([{ opacity: 0 }, { opacity: 1 }], 200);
        else if (Math.hypot(old.x - here.x, old.y - here.y) > 1) {
          const [dx, dy] = [(old.x - here.x) / view.scale * 0.75, (old.y - here.y) / view.scale * 0.75];
          box.animate([{ transform: `translate(${dx}px, ${dy}px)` }, { transform: "none" }], { duration: 200, easing: "ease-out" });
        }
      }
    }
    const kept = focused !== undefined && boxes.has(focused) ? focused : current !== null && boxes.has(current) ? current : elements.find((each) => each.kind === "statement")?.statement ?? null;
    current = null;
    light(kept);
    if (focused !== undefined && kept !== null) focus(boxes.get(kept));
  }

  return {
    show, light, fit, zoom, element,
    below: (statement) => children.get(statement) ?? [],
    clear() {
      stage.replaceChildren();
      parts = new Map();
      [elements, boxes, current, isFitted] = [[], new Map(), null, true];
    },
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
        const next = order[(order.indexOf(current) + 1) % order.length]!;
        go(next);
        nearer(boxes.get(next)!);
      }
      return hits.length;
    },
  };
}
