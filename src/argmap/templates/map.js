"use strict";
// The page of one map: zoom and pan, what falls with a statement, travel by keyboard, find. All answers were worked
// out beforehand; nothing here reasons. Without this script the picture and the outline are there all the same.
{
  const statements = JSON.parse(document.getElementById("statements").textContent);
  const view = document.getElementById("picture");
  const answer = document.getElementById("answer");
  const find = document.getElementById("find");
  const byId = (id) => document.getElementById(id);
  const items = statements.map((one) => byId(one.item));
  // Each statement's boxes: one in each look of the picture.
  const boxes = statements.map((one) => one.boxes.map(byId).filter(Boolean));
  const visible = (n) => boxes[n].find((box) => box.getClientRects().length) ?? boxes[n][0];
  const link = (box) => box.querySelector("a");
  let asked = null;
  let current = 0;

  // Zoom and pan.
  const pictures = [...view.querySelectorAll("svg")].map((svg) => ({ svg, box: svg.viewBox.baseVal }));
  const pointsToPixels = 4 / 3;
  let scale = 1;
  let isFitted = true;
  function zoom(to, x = view.clientWidth / 2, y = view.clientHeight / 2) {
    const before = scale;
    isFitted = false;
    scale = Math.min(8, Math.max(0.05, to));
    const [left, top] = [(view.scrollLeft + x) / before, (view.scrollTop + y) / before];
    for (const { svg, box } of pictures) {
      svg.style.width = `${box.width * pointsToPixels * scale}px`;
      svg.style.height = `${box.height * pointsToPixels * scale}px`;
    }
    view.scrollTo(left * scale - x, top * scale - y);
  }
  function fit() {
    const { box } = pictures[0];
    // On a phone the view is as high as the picture makes it, up to a limit.
    const height = parseFloat(getComputedStyle(view).maxHeight) || view.clientHeight;
    zoom(Math.min(1.5, (view.clientWidth - 4) / (box.width * pointsToPixels), (height - 4) / (box.height * pointsToPixels)));
    isFitted = true;
  }
  // A phone that is turned, a window that grows: what was seen whole stays so.
  addEventListener("resize", () => { if (isFitted) fit(); });
  byId("smaller").onclick = () => zoom(scale / 1.25);
  byId("larger").onclick = () => zoom(scale * 1.25);
  byId("fit").onclick = fit;
  view.addEventListener("wheel", (event) => {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    const frame = view.getBoundingClientRect();
    zoom(scale * Math.exp(-event.deltaY / 300), event.clientX - frame.left, event.clientY - frame.top);
  }, { passive: false });
  // One finger scrolls by itself. Two zoom the picture, not the page; two taps go near, or back to the whole.
  const inside = (touch) => {
    const frame = view.getBoundingClientRect();
    return [touch.clientX - frame.left, touch.clientY - frame.top];
  };
  let start = null;
  let pinch = null;
  let tap = null;
  function pinched(event) {
    if (event.type === "touchstart") start = inside(event.touches[0]);
    if (event.touches.length !== 2) return void (pinch = null);
    if (event.cancelable) event.preventDefault();
    const [one, other] = [...event.touches].map(inside);
    const now = { x: (one[0] + other[0]) / 2, y: (one[1] + other[1]) / 2, apart: Math.hypot(one[0] - other[0], one[1] - other[1]) || 1 };
    if (pinch) {
      view.scrollBy(pinch.x - now.x, pinch.y - now.y);
      zoom(scale * now.apart / pinch.apart, now.x, now.y);
    }
    [pinch, tap] = [now, null];
  }
  for (const name of ["touchstart", "touchmove", "touchend", "touchcancel"]) view.addEventListener(name, pinched, { passive: false });
  view.addEventListener("touchend", (event) => {
    if (event.touches.length || event.changedTouches.length !== 1) return;
    const [x, y] = inside(event.changedTouches[0]);
    const before = tap;
    tap = Math.hypot(x - start[0], y - start[1]) < 10 ? { x, y, at: event.timeStamp } : null;
    if (!tap || !before || tap.at - before.at > 300 || Math.hypot(x - before.x, y - before.y) > 30) return;
    tap = null;
    event.preventDefault(); // the second tap asks nothing
    if (scale < 0.99) zoom(Math.max(1, scale * 2), x, y);
    else fit();
  }, { passive: false });
  let drag = null;
  view.addEventListener("pointerdown", (event) => {
    if (event.pointerType === "mouse" && event.button === 0)
      drag = { x: event.clientX, y: event.clientY, left: view.scrollLeft, top: view.scrollTop, far: false };
  });
  addEventListener("pointermove", (event) => {
    if (!drag) return;
    drag.far ||= Math.hypot(event.clientX - drag.x, event.clientY - drag.y) > 4;
    if (drag.far) view.scrollTo(drag.left + drag.x - event.clientX, drag.top + drag.y - event.clientY);
  });
  addEventListener("pointerup", () => {
    const far = drag?.far;
    drag = null;
    // The click that ends a drag is no question.
    if (far) addEventListener("click", (event) => { event.preventDefault(); event.stopPropagation(); }, { capture: true, once: true });
  });
  view.addEventListener("dragstart", (event) => event.preventDefault());

  // What if a statement fell?
  const words = { falls: "now falls", stands: "now stands", undecided: "now open" };
  function badge(box, text) {
    const frame = box.querySelector("path").getBBox();
    const group = document.createElementNS(box.namespaceURI, "g");
    group.setAttribute("class", "badge");
    group.setAttribute("aria-hidden", "true");
    const label = document.createElementNS(box.namespaceURI, "text");
    label.textContent = text;
    const plate = document.createElementNS(box.namespaceURI, "rect");
    group.append(plate, label);
    box.append(group);
    const width = label.getComputedTextLength() + 8;
    const [x, y] = [frame.x + frame.width - width + 4, frame.y - 7];
    for (const [name, value] of Object.entries({ x, y, width, height: 14, rx: 4 })) plate.setAttribute(name, value);
    label.setAttribute("x", x + 4);
    label.setAttribute("y", y + 10);
  }
  function mark(n, name, text) {
    for (const box of boxes[n]) {
      box.classList.add(name, "changed");
      if (box.getClientRects().length) badge(box, text);
    }
    items[n].classList.add(name);
    const verdict = items[n].querySelector(":scope > .verdict");
    verdict.dataset.before ??= verdict.textContent;
    verdict.textContent = text;
    verdict.classList.add("now");
    link(visible(n))?.setAttribute("aria-label", `${statements[n].name}: ${text}. ${statements[n].label}`);
  }
  function clear() {
    view.classList.remove("asked");
    for (const old of document.querySelectorAll(".badge")) old.remove();
    for (const old of document.querySelectorAll(".changed, .fallen, .now-falls, .now-stands, .now-undecided"))
      old.classList.remove("changed", "fallen", "now-falls", "now-stands", "now-undecided");
    for (const verdict of document.querySelectorAll(".verdict.now")) {
      verdict.textContent = verdict.dataset.before;
      verdict.classList.remove("now");
    }
    statements.forEach((one, n) => boxes[n].forEach((box) => link(box)?.setAttribute("aria-label", one.label)));
    answer.textContent = "";
    asked = null;
  }
  function ask(n) {
    const again = asked === n;
    clear();
    if (again || !statements[n].answer) return;
    asked = n;
    view.classList.add("asked");
    mark(n, "fallen", "withdrawn");
    for (const [other, verdict] of statements[n].changes) mark(other, `now-${verdict}`, words[verdict]);
    answer.textContent = statements[n].answer;
  }

  // One statement is the current one: the only one that Tab stops at.
  function light(n) {
    for (const old of document.querySelectorAll(".lit")) old.classList.remove("lit");
    boxes[n].forEach((box) => box.classList.add("lit"));
    items[n].classList.add("lit");
    items[n].scrollIntoView({ block: "nearest" });
    boxes[current].forEach((box) => link(box)?.setAttribute("tabindex", "-1"));
    boxes[n].forEach((box) => link(box)?.setAttribute("tabindex", "0"));
    current = n;
  }
  function go(n) {
    light(n);
    const box = visible(n);
    if (document.activeElement !== find) link(box)?.focus({ preventScroll: true });
    box.scrollIntoView({ block: "nearest", inline: "nearest" });
  }
  // Tab stops at one box, not at every tag.
  for (const tag of view.querySelectorAll("a")) tag.setAttribute("tabindex", "-1");
  const numberOf = (item) => (item ? items.indexOf(item) : -1);
  function beside(n, step) {
    const row = [...items[n].parentElement.children].map(numberOf).filter((other) => other >= 0);
    if (row.length > 1) return row[(row.indexOf(n) + step + row.length) % row.length];
    const all = items.map((_, number) => number).filter((other) => !items[other].parentElement.closest("li"));
    return all.includes(n) ? all[(all.indexOf(n) + step + all.length) % all.length] : n;
  }
  const steps = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 };
  statements.forEach((one, n) => boxes[n].forEach((box) => {
    const anchor = link(box);
    if (!anchor) return;
    anchor.setAttribute("tabindex", n ? "-1" : "0");
    anchor.setAttribute("aria-label", one.label);
    anchor.setAttribute("role", "button");
    box.addEventListener("click", (event) => {
      event.preventDefault();
      light(n);
      ask(n);
    });
    anchor.addEventListener("focus", () => light(n));
    anchor.addEventListener("keydown", (event) => {
      let next = null;
      if (event.shiftKey && event.key === "ArrowUp") next = numberOf(items[n].parentElement.closest("li[id]"));
      else if (event.shiftKey && event.key === "ArrowDown") next = numberOf(items[n].querySelector("li[id]"));
      else if (event.key in steps && !event.shiftKey) next = beside(n, steps[event.key]);
      else if (event.key === "Enter" || event.key === " ") ask(n);
      else return;
      event.preventDefault();
      if (next !== null && next >= 0) go(next);
    });
  }));
  items.forEach((item, n) => item.addEventListener("click", (event) => {
    if (event.target.closest("li") !== item || event.target.closest("a")) return;
    light(n);
    visible(n)?.scrollIntoView({ block: "center", inline: "center" });
  }));

  // Find.
  function search(moving) {
    const wanted = find.value.trim().toLowerCase();
    const hits = statements.map((one, n) => (wanted && one.label.toLowerCase().includes(wanted) ? n : -1)).filter((n) => n >= 0);
    items.forEach((item, n) => item.classList.toggle("found", hits.includes(n)));
    boxes.forEach((each, n) => each.forEach((box) => box.classList.toggle("found", hits.includes(n))));
    if (wanted) answer.textContent = hits.length === 1 ? "1 statement found" : `${hits.length} statements found`;
    if (hits.length && moving) go(hits.find((n) => n > current) ?? hits[0]);
  }
  find.addEventListener("input", () => search(false));
  find.addEventListener("keydown", (event) => { if (event.key === "Enter") search(true); });
  addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      find.value = "";
      search(false);
      clear();
    } else if (event.key === "/" && event.target !== find) {
      event.preventDefault();
      find.focus();
    }
  });
  byId("look")?.addEventListener("click", () => {
    const root = document.documentElement;
    const dark = root.dataset.look ? root.dataset.look === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.look = dark ? "light" : "dark";
    if (asked !== null) { const n = asked; clear(); ask(n); }
  });

  document.querySelector(".tools").hidden = false;
  fit();
}
