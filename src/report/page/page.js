"use strict";
// The page without this script shows all tables and pictures; with it, quotes can be chosen and paged, units switched,
// parents folded. Text of the study only ever becomes text nodes.
(() => {
  const $ = (id) => document.getElementById(id);
  const data = JSON.parse($("data").textContent);
  const say = data.words;
  const PAGE = 20;

  // Numbers as the report's language writes them.
  const count = (n) => String(n).replace(/\B(?=(\d{3})+$)/g, say.thousands);
  const rate = (n) => n.toFixed(2).replace(".", say.point);
  const counted = (n, one, many) => count(n) + "\u00a0" + (n === 1 ? one : many);
  const make = (name, attributes, ...children) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes || {})) element.setAttribute(key, value);
    element.append(...children);
    return element;
  };

  // Quotes.
  const quotes = data.quotes, passages = data.passages, documents = data.documents;
  const form = $("filters"), list = $("list"), status = $("status"), heading = $("q");
  const fields = { c: "code", a: "case", p: "phase", s: "stance", v: "speaker", d: "document", w: "with", t: "period" };
  const controls = {};
  for (const key of Object.keys(fields)) controls[key] = $("f-" + key);
  const values = {
    c: data.tree.map((code) => [code, "\u2003".repeat(data.depths[code]) + data.codes[code]]),
    a: data.cases.map((label, index) => [index, label]),
    p: data.phases.map((label, index) => [index, label]),
    s: say.stances.map((label, index) => [index, label]),
    v: data.speakers.map((label, index) => [index, label]),
    d: documents.map((entry, index) => [index, entry[0]]),
    w: data.tree.map((code) => [code, "\u2003".repeat(data.depths[code]) + data.codes[code]]),
    t: data.periods.map((label, index) => [index, label]),
  };
  for (const [key, control] of Object.entries(controls)) {
    control.append(make("option", { value: "" }, say.all));
    for (const [value, label] of values[key]) control.append(make("option", { value }, label));
    if (!values[key].length) control.closest("label").hidden = true;
  }
  form.hidden = false;

  let found = [], page = 0;
  const chosen = () => {
    const choice = {};
    for (const [key, control] of Object.entries(controls)) choice[key] = control.value === "" ? -1 : Number(control.value);
    return choice;
  };
  const segmentKey = (passage) => passage[0] * 16777216 + passage[1];
  const filter = (choice) => {
    const counts = data.rows.map((rows) => choice.c < 0 || rows.includes(choice.c));
    let meets = null;
    if (choice.w >= 0) {
      meets = new Set();
      quotes.passage.forEach((at, index) => {
        if (data.rows[quotes.rows[index]].includes(choice.w)) meets.add(segmentKey(passages[at]));
      });
    }
    const kept = [];
    for (let index = 0; index < quotes.passage.length; index++) {
      const passage = passages[quotes.passage[index]];
      if (!counts[quotes.rows[index]] || (choice.c < 0 && !data.rows[quotes.rows[index]].length)) continue;
      if (choice.a >= 0 && passage[5] !== choice.a) continue;
      if (choice.p >= 0 && passage[6] !== choice.p) continue;
      if (choice.s >= 0 && quotes.stance.charCodeAt(index) - 48 !== choice.s) continue;
      if (choice.v >= 0 && passage[4] !== choice.v) continue;
      if (choice.d >= 0 && passage[0] !== choice.d) continue;
      if (choice.t >= 0 && documents[passage[0]][1] !== choice.t) continue;
      if (meets && !meets.has(segmentKey(passage))) continue;
      kept.push(index);
    }
    return kept;
  };
  const citation = (passage, spot) => {
    const parts = [documents[passage[0]][0]];
    const answer = passage[9] === undefined ? "" : data.answers[passage[9]];
    parts.push(passage[2] ? say.page + "\u00a0" + passage[2] : answer || documents[passage[0]][2] + "\u00a0" + spot);
    if (passage[4] >= 0 && !answer) parts.push(data.speakers[passage[4]]);
    if (passage[3]) parts.push(passage[3]);
    return parts.join(", ");
  };
  const REACH = 420;
  const item = (index) => {
    const passage = passages[quotes.passage[index]];
    const stance = quotes.stance.charCodeAt(index) - 48;
    const figure = make("div");
    if (data.shows) {
      const text = passage[8], from = quotes.at[index], to = from + quotes.length[index];
      const start = from > REACH ? from - REACH : 0, end = to + REACH < text.length ? to + REACH : text.length;
      const before = (start > 0 || passage[7] & 1 ? "… " : "") + text.slice(start, from);
      const after = text.slice(to, end) + (end < text.length || passage[7] & 2 ? " …" : "");
      figure.append(make("blockquote", {}, before, make("mark", {}, text.slice(from, to)), after));
    }
    const [pattern, met, grade] = data.reasons[quotes.reason[index]];
    const cue = quotes.cue[index] < 0 ? "" : ": " + data.cues[quotes.cue[index]];
    const place = [passage[5] < 0 ? "" : data.cases[passage[5]], passage[6] < 0 ? "" : data.phases[passage[6]]];
    const why = [pattern, met].filter(Boolean).join(" → ") + " (" + grade + ")";
    figure.append(
      make("p", { class: "source" }, make("cite", {}, citation(passage, quotes.spot[index]))),
      make("p", { class: "source" },
        ...(say.stances.length ? [make("span", { class: "chip s" + stance }, say.stances[stance] + cue)] : []),
        [data.codes[quotes.code[index]], place.filter(Boolean).join(" · "), why].join(" – ")),
    );
    return make("li", {}, figure);
  };
  const render = () => {
    const pages = Math.max(1, Math.ceil(found.length / PAGE));
    page = Math.min(Math.max(page, 0), pages - 1);
    const segments = new Set(), inDocuments = new Set();
    for (const index of found) {
      const passage = passages[quotes.passage[index]];
      segments.add(segmentKey(passage));
      inDocuments.add(passage[0]);
    }
    status.textContent = found.length
      ? counted(found.length, say.mention, say.mentions) + ", " + counted(segments.size, say.segment, say.segments) + ", " +
        counted(inDocuments.size, say.document, say.documents)
      : say.nothing;
    Object.assign(status.dataset, { mentions: found.length, segments: segments.size, documents: inDocuments.size });
    list.replaceChildren(...found.slice(page * PAGE, (page + 1) * PAGE).map(item));
    // Paper has no other pages of the list.
    const shown = Math.min(PAGE, found.length - page * PAGE);
    $("printed").textContent = say.printed.replace("{n}", count(shown)).replace("{all}", count(found.length));
    $("printed").hidden = pages === 1;
    $("page").textContent = say.pageOf + "\u00a0" + count(page + 1) + "\u00a0/\u00a0" + count(pages);
    $("previous").disabled = page === 0;
    $("next").disabled = page === pages - 1;
    $("pager").hidden = pages === 1;
  };
  const choose = () => { page = 0; found = filter(chosen()); render(); };
  const address = () => {
    const parts = Object.entries(controls).filter(([, control]) => control.value !== "").map(([key, control]) => key + "=" + control.value);
    return "#q?" + parts.join("&");
  };
  form.addEventListener("change", () => { history.replaceState(null, "", address()); choose(); });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(() => { history.replaceState(null, "", address()); choose(); }));
  const turn = (step) => { page += step; render(); heading.scrollIntoView(); };
  $("previous").addEventListener("click", () => turn(-1));
  $("next").addEventListener("click", () => turn(1));
  const follow = () => {
    if (!location.hash.startsWith("#q?")) return;
    const asked = new URLSearchParams(location.hash.slice(3));
    for (const [key, control] of Object.entries(controls)) {
      control.value = asked.get(key) || "";
      if (control.selectedIndex < 0) control.value = "";
    }
    choose();
    status.dataset.address = location.hash;
    heading.scrollIntoView();
    heading.focus({ preventScroll: true });
  };
  addEventListener("hashchange", follow);
  // The same address twice is no change of it.
  document.addEventListener("click", (event) => {
    const link = event.target.closest && event.target.closest("a");
    const href = link && link.getAttribute("href");
    if (href && href.startsWith("#q?") && href === location.hash) follow();
  });

  // Units of the heat map.
  const LEVELS = 8;
  const number = (cell, unit) => (unit < 3 ? cell[unit] : cell[4] ? (1000 * cell[0]) / cell[4] : 0);
  const level = (n, most) => (n > 0 && most > 0 ? Math.min(LEVELS, Math.max(1, Math.ceil((n / most) * LEVELS))) : 0);
  const cells = Array.from(document.querySelectorAll("#heat td[data-i]"), (td) => [td, Number(td.dataset.i)]);
  const show = (unit) => {
    let most = 0;
    for (const [td, index] of cells) if (!td.dataset.sum) most = Math.max(most, number(data.cells[index], unit));
    for (const [td, index] of cells) {
      const cell = data.cells[index], n = number(cell, unit);
      td.querySelector("a").textContent = (unit < 3 ? count(n) : rate(n)) + (cell[3] ? "°" : "");
      if (!td.dataset.sum) td.className = td.className.replace(/h\d/, "h" + level(n, most));
    }
  };
  for (const radio of document.querySelectorAll("#units input")) {
    radio.addEventListener("change", () => show(Number(radio.value)));
    if (radio.checked && radio.value !== "0") show(Number(radio.value));
  }
  $("units").hidden = false;

  // Folding of parents.
  const rows = Array.from(document.querySelectorAll("#heat tbody tr"));
  const parentOf = (row) => row.dataset.parent;
  const refresh = () => {
    const folded = new Set();
    for (const row of rows) {
      row.hidden = folded.has(parentOf(row));
      const button = row.querySelector(".fold");
      if (row.hidden || (button && button.getAttribute("aria-expanded") === "false")) folded.add(row.dataset.code);
    }
  };
  for (const button of document.querySelectorAll("#heat .fold")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      const open = button.getAttribute("aria-expanded") !== "true";
      button.setAttribute("aria-expanded", String(open));
      button.textContent = open ? "▾" : "▸";
      refresh();
    });
  }

  // What is wider than the window says so, and is marked as long as there is more.
  const wide = Array.from(document.querySelectorAll(".scroll")).filter((region) => region.querySelector("table"));
  const regions = wide.map((region) => {
    const cue = make("p", { class: "cue" }, say.scrolls);
    region.before(cue);
    const look = () => {
      cue.hidden = region.scrollWidth <= region.clientWidth + 1;
      region.dataset.more = region.scrollWidth - region.clientWidth - region.scrollLeft > 1 ? 1 : 0;
    };
    region.addEventListener("scroll", look, { passive: true });
    return [region, look];
  });
  const watcher = new ResizeObserver(() => regions.forEach(([, look]) => look()));
  for (const [region] of regions) watcher.observe(region);

  // Paragraphs to paste, the theme, printing.
  for (const button of document.querySelectorAll("button[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      const range = document.createRange();
      range.selectNodeContents($(button.dataset.copy));
      const selection = getSelection();
      selection.removeAllRanges();
      selection.addRange(range);
      if (document.execCommand("copy")) button.textContent = say.copied;
    });
  }
  const theme = $("theme");
  theme.hidden = false;
  theme.addEventListener("click", () => {
    const dark = matchMedia("(prefers-color-scheme: dark)").matches;
    const now = document.documentElement.dataset.theme || (dark ? "dark" : "light");
    document.documentElement.dataset.theme = now === "dark" ? "light" : "dark";
  });
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = Array.from(document.querySelectorAll("details.code:not([open]), details.print:not([open])"));
    for (const details of opened) details.open = true;
  });
  addEventListener("afterprint", () => { for (const details of opened) details.open = false; });

  choose();
  follow();
})();
