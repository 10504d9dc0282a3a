// The review page at work: filters, and the panel that shows what a figure is made of.
// Plain script for old and new browsers; text is only ever set as text, never as markup.
(function () {
  "use strict";

  const LIMIT = 200; // findings shown at once, as in review_findings.py; the rest waits behind a button
  const source = JSON.parse(document.getElementById("figures").textContent);
  const figures = source.figures;
  const byId = (id) => document.getElementById(id);
  const all = (selector, within) => Array.from((within || document).querySelectorAll(selector));

  function made(tag, text, className) {
    const element = document.createElement(tag);
    if (text !== undefined) element.textContent = text;
    if (className) element.className = className;
    return element;
  }

  function row(cells, tag) {
    const line = made("tr");
    cells.forEach((cell) => {
      const isText = typeof cell === "string";
      line.appendChild(isText ? made(tag || "td", cell) : cell);
    });
    return line;
  }

  function number(text, tag) {
    return made(tag || "td", text, "number");
  }

  function header(labels) {
    const head = made("thead");
    const line = row(labels, "th");
    all("th", line).forEach((cell) => cell.setAttribute("scope", "col"));
    head.appendChild(line);
    return head;
  }

  // ---- exact decimals: digits without the point, as one big whole number ----

  function places(text) {
    const point = text.indexOf(".");
    return point < 0 ? 0 : text.length - point - 1;
  }

  function scaled(text, digits) {
    const missing = digits - places(text);
    return BigInt(text.replace(".", "") + "0".repeat(missing));
  }

  function unscaled(whole, digits) {
    const sign = whole < 0n ? "-" : "";
    const text = (whole < 0n ? -whole : whole).toString().padStart(digits + 1, "0");
    const cut = text.length - digits;
    return sign + (digits ? text.slice(0, cut) + "." + text.slice(cut) : text);
  }

  function sum(texts) {
    const digits = Math.max(0, ...texts.map(places));
    const whole = texts.reduce((total, text) => total + scaled(text, digits), 0n);
    return unscaled(whole, digits);
  }

  function same(one, other) {
    const digits = Math.max(places(one), places(other));
    return scaled(one, digits) === scaled(other, digits);
  }

  function difference(now, before) {
    if (now === "" || before === "") return "";
    const digits = Math.max(places(now), places(before));
    const whole = scaled(now, digits) - scaled(before, digits);
    const text = unscaled(whole, digits);
    return whole > 0n ? "+" + text : text;
  }

  // ---- what each agency gave to a figure ----

  function entries(figure) {
    if (!figure.count) return [];
    const values = figure.values.split(",");
    const who = figure.who ? figure.who.split(",") : values.map((_, place) => place);
    const befores = figure.befores ? figure.befores.split(",") : values.map(() => "");
    const each = (list) => {
      const parts = list.split(",");
      return (place) => (parts.length === values.length ? parts[place] : parts[0]);
    };
    const cell = each(figure.cells);
    const sheet = each(figure.sheets);
    const moved = (place) => Math.abs(Number(values[place]) - Number(befores[place] || 0));
    return values.map((value, place) => ({
      agency: Number(who[place]),
      value: value,
      before: befores[place],
      moved: befores[place] === "" ? -1 : moved(place),
      file: source.files[who[place]],
      place: "[" + source.sheets[Number(sheet(place))] + "]" + cell(place),
      raw: figure.raw[place],
      reading: figure.reading[place],
    }));
  }

  const ORDERS = {
    size: (one, other) => Math.abs(Number(other.value)) - Math.abs(Number(one.value)),
    moved: (one, other) => other.moved - one.moved,
    roster: (one, other) => one.agency - other.agency,
  };

  function ordered(list, by) {
    return list.slice().sort((one, other) => ORDERS[by](one, other) || one.agency - other.agency);
  }

  function share(value, whole) {
    const cell = made("td", undefined, "share");
    const part = whole ? Math.abs(Number(value)) / whole : 0;
    const track = made("span", undefined, "track");
    const fill = made("span", undefined, "fill");
    fill.style.width = (part * 100).toFixed(1) + "%";
    track.appendChild(fill);
    cell.appendChild(track);
    cell.appendChild(document.createTextNode((part * 100).toFixed(1) + "%"));
    return cell;
  }

  function from(entry) {
    const cell = made("td", undefined, "from");
    cell.appendChild(made("div", entry.file, "file"));
    let words = entry.place;
    if (entry.raw) words += "　原文“" + entry.raw + "”";
    if (entry.reading !== undefined) words += "（" + entry.reading + "）";
    cell.appendChild(made("div", words));
    return cell;
  }

  function volume(list) {
    return list.reduce((total, entry) => total + Math.abs(Number(entry.value)), 0);
  }

  // ---- the panel ----

  const panel = byId("panel");
  const title = byId("panel-title");
  const body = byId("panel-body");
  let opener = null;
  let order = "size";

  function open(numbers, from) {
    if (from && !panel.contains(from)) opener = from;
    const figure = figures[numbers[0]];
    title.textContent = figure.part + "：" + figure.words;
    body.textContent = "";
    const said = from && from.parentNode.getAttribute("data-source");
    if (numbers.length > 1) body.appendChild(restsOn(numbers, from.textContent, said));
    account(figure).forEach((part) => body.appendChild(part));
    panel.hidden = false;
    panel.scrollTop = 0;
    title.focus();
  }

  function close() {
    if (panel.hidden) return;
    panel.hidden = true;
    if (opener && document.contains(opener)) opener.focus();
  }

  function restsOn(numbers, text, said) {
    const line = made("p", "正文里的“" + text + "”由 " + said + " 得出，依据：");
    numbers.forEach((one) => line.appendChild(link(one)));
    return line;
  }

  function link(one) {
    const figure = figures[one];
    const button = made("button", figure.part + "·" + figure.words + " " + (figure.printed || "没有数"), "link");
    button.type = "button";
    button.addEventListener("click", () => open([one], button));
    const item = made("span");
    item.appendChild(button);
    item.appendChild(document.createTextNode("　"));
    return item;
  }

  function account(figure) {
    const list = entries(figure);
    const parts = [value(figure)];
    if (figure.formula || figure.parts.length) parts.push(formula(figure));
    if (figure.items.length) parts.push(...findings(figure.items));
    if (figure.lacking.length) parts.push(...lacking(figure.lacking));
    if (list.length) parts.push(...subtotals(figure, list), ...contributions(figure, list));
    if (figure.origins.length) parts.push(made("p", "正文 " + figure.origins.join("、") + "用到这个数。", "hint"));
    parts.push(made("p", "名字：" + figure.address, "hint"));
    return parts;
  }

  function value(figure) {
    const line = made("p", undefined, "sum");
    line.appendChild(made("b", figure.printed || "没有汇总数"));
    const rate = figure.rate ? "，" + figure.rate : "";
    let words = "上年没有这个数";
    if (figure.printedBefore) {
      words = "上年 " + figure.printedBefore + (figure.difference ? "，增减 " + figure.difference + rate : "");
    }
    line.appendChild(document.createTextNode(words));
    return line;
  }

  function formula(figure) {
    const line = made("p", figure.formula ? "算法：" + figure.formula + "。" : "由别的数算出。");
    figure.parts.forEach((one) => line.appendChild(link(one)));
    return line;
  }

  function findings(items) {
    const list = made("ul");
    items.forEach((item) => {
      const found = byId("item-" + item);
      const anchor = made("a", found.cells[0].textContent + "：" + found.cells[2].textContent);
      anchor.href = "#item-" + item;
      const line = made("li");
      line.appendChild(anchor);
      list.appendChild(line);
    });
    return [made("h3", "没有处理的问题（" + items.length + " 条）"), list];
  }

  function lacking(pairs) {
    const list = made("ul");
    pairs.forEach((pair) => list.appendChild(made("li", pair[0] + "：" + pair[1])));
    return [made("h3", "缺这个数的单位（" + pairs.length + " 家）"), list];
  }

  function subtotals(figure, list) {
    if (source.groups.length < 2) return [];
    const table = made("table");
    const lines = made("tbody");
    const whole = volume(list);
    source.groups.forEach((group, place) => {
      const members = list.filter((entry) => source.member[entry.agency] === place);
      if (!members.length) return;
      const added = sum(members.map((entry) => entry.value));
      const known = figure.subtotals[place];
      lines.appendChild(
        row([group, members.length + " 家", number(known || added), share(volume(members), whole)])
      );
    });
    table.appendChild(header(["分组", "家数", "数", "占比"]));
    table.appendChild(lines);
    return [made("h3", "分组小计"), table];
  }

  function contributions(figure, list) {
    const bar = made("div", undefined, "bar");
    bar.appendChild(made("h3", "各单位的数（" + list.length + " 家）"));
    bar.appendChild(chooser());
    const frame = made("div", undefined, "frame");
    frame.tabIndex = 0;
    frame.setAttribute("role", "region");
    frame.setAttribute("aria-label", "各单位的数");
    const draw = () => {
      frame.textContent = "";
      frame.appendChild(contributionTable(figure, list));
    };
    bar.querySelector("select").addEventListener("change", (event) => {
      order = event.target.value;
      draw();
    });
    draw();
    return [bar, frame];
  }

  function chooser() {
    const label = made("label", "次序 ");
    const select = made("select");
    [["size", "数大的在前"], ["moved", "变动大的在前"], ["roster", "照名册"]].forEach((pair) => {
      const option = made("option", pair[1]);
      option.value = pair[0];
      option.selected = pair[0] === order;
      select.appendChild(option);
    });
    label.appendChild(select);
    return label;
  }

  function contributionTable(figure, list) {
    const table = made("table", undefined, "entries");
    const lines = made("tbody");
    const whole = volume(list);
    ordered(list, order).forEach((entry) => {
      lines.appendChild(
        row([
          source.agencies[entry.agency],
          number(entry.value),
          share(entry.value, whole),
          number(entry.before || "—"),
          number(difference(entry.value, entry.before) || "—"),
          from(entry),
        ])
      );
    });
    table.appendChild(header(["单位", "数", "占比", "上年", "增减", "出处"]));
    table.appendChild(lines);
    table.appendChild(total(figure, list));
    return table;
  }

  function total(figure, list) {
    const foot = made("tfoot");
    const added = sum(list.map((entry) => entry.value));
    const verdict = made("td");
    verdict.colSpan = 4;
    if (figure.value === "") verdict.textContent = "有单位缺数，还没有汇总";
    else if (same(added, figure.value)) verdict.appendChild(made("span", "与汇总数相同", "same"));
    else verdict.appendChild(made("span", "与汇总数 " + figure.value + " 不同", "other"));
    const label = made("th", "合计");
    label.setAttribute("scope", "row");
    foot.appendChild(row([label, number(added), verdict]));
    return foot;
  }

  byId("close").addEventListener("click", close);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" || event.key === "Esc") close();
  });

  // ---- figures that open the panel ----

  function activate(element) {
    const numbers = element.getAttribute("data-figure").split(" ").map(Number);
    const figure = figures[numbers[0]];
    const text = element.textContent;
    const button = made("button", text, "figure");
    button.type = "button";
    const told = figure.items.length ? "，有 " + figure.items.length + " 条问题" : "";
    if (element.tagName === "TD") button.setAttribute("aria-label", text + "，" + figure.words + told);
    button.setAttribute("aria-haspopup", "dialog");
    button.addEventListener("click", () => open(numbers, button));
    element.textContent = "";
    element.appendChild(button);
  }

  // One tab stop a table; the arrow keys go to the nearest figure that way.
  function rove(table) {
    const buttons = all("button.figure", table);
    buttons.forEach((button, place) => (button.tabIndex = place ? -1 : 0));
    table.addEventListener("focusin", (event) => {
      if (buttons.indexOf(event.target) < 0) return;
      buttons.forEach((button) => (button.tabIndex = button === event.target ? 0 : -1));
    });
    table.addEventListener("keydown", (event) => {
      const way = WAYS[event.key];
      const next = way && nearest(buttons, event.target, way);
      if (!next) return;
      event.preventDefault();
      next.focus();
    });
  }

  const WAYS = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };

  function middle(element) {
    const box = element.getBoundingClientRect();
    return [box.left + box.width / 2, box.top + box.height / 2];
  }

  function nearest(buttons, here, way) {
    const at = middle(here);
    let best = null;
    let least = Infinity;
    buttons.forEach((button) => {
      if (button === here || !button.offsetParent) return;
      const to = middle(button);
      const along = (to[0] - at[0]) * way[0] + (to[1] - at[1]) * way[1];
      const aside = Math.abs((to[0] - at[0]) * way[1]) + Math.abs((to[1] - at[1]) * way[0]);
      const far = along + aside * 4;
      if (along > 2 && far < least) {
        least = far;
        best = button;
      }
    });
    return best;
  }

  // ---- filters over the findings ----

  const SELECTS = { severity: "级别", agency: "单位", code: "种类", part: "哪张表" };
  const word = byId("by-word");
  const more = byId("more");
  const items = all(".topic").reduce((list, topic) => {
    const accepted = byId("accepted").contains(topic);
    const marks = { topic, accepted, severity: topic.dataset.severity, code: topic.dataset.code };
    return list.concat(
      all("tbody tr", topic).map((line) =>
        Object.assign({}, marks, {
          line,
          agency: line.dataset.agency,
          part: line.dataset.part,
          count: Number(line.dataset.count),
        })
      )
    );
  }, []);
  let limit = LIMIT;

  function text(item) {
    if (item.text === undefined) {
      item.text = (item.line.textContent + " " + item.topic.firstElementChild.textContent).toLowerCase();
    }
    return item.text;
  }

  function wanted() {
    const chosen = {};
    Object.keys(SELECTS).forEach((key) => {
      if (byId("by-" + key).value) chosen[key] = byId("by-" + key).value;
    });
    return chosen;
  }

  function fits(item, chosen, words) {
    const keys = Object.keys(chosen);
    return keys.every((key) => item[key] === chosen[key]) && words.every((one) => text(item).includes(one));
  }

  function filter() {
    const chosen = wanted();
    const words = word.value.toLowerCase().split(/\s+/).filter(Boolean);
    const counts = { open: 0, accepted: 0, openAll: 0, acceptedAll: 0, waiting: 0 };
    const topics = new Map();
    let shown = 0;
    items.forEach((item) => {
      const kind = item.accepted ? "accepted" : "open";
      counts[kind + "All"] += item.count;
      const matches = fits(item, chosen, words);
      const visible = matches && shown < limit;
      if (visible) {
        shown += 1;
        counts[kind] += item.count;
      } else if (matches) counts.waiting += item.count;
      keep(item.line, visible);
      topics.set(item.topic, topics.get(item.topic) || visible);
    });
    topics.forEach((visible, topic) => keep(topic, visible));
    more.hidden = !counts.waiting;
    more.textContent = "还有 " + counts.waiting + " 处没有显示，再显示一些";
    byId("findings-told").textContent = told(counts, chosen);
  }

  function keep(element, visible) {
    element.classList.toggle("later", !visible);
  }

  function told(counts, chosen) {
    const parts = Object.keys(chosen).map((key) => {
      const select = byId("by-" + key);
      return SELECTS[key] + "“" + select.options[select.selectedIndex].textContent + "”";
    });
    if (word.value.trim()) parts.push("含有“" + word.value.trim() + "”");
    const filtered = parts.length ? "筛选：" + parts.join("，") + "。" : "";
    return (
      filtered +
      "没有处理的显示 " + counts.open + " 处，共 " + counts.openAll + " 处；" +
      "已确认的显示 " + counts.accepted + " 处，共 " + counts.acceptedAll + " 处。"
    );
  }

  function refilter() {
    limit = LIMIT;
    filter();
  }

  function clear() {
    Object.keys(SELECTS).forEach((key) => (byId("by-" + key).value = ""));
    word.value = "";
    refilter();
  }

  // A link to a finding that the filter hides shows all of them first.
  function reveal(id) {
    const line = byId(id);
    if (!line) return;
    if (line.classList.contains("later")) {
      clear();
      limit = Infinity;
      filter();
    }
    all(".shown-now").forEach((one) => one.classList.remove("shown-now"));
    line.classList.add("shown-now");
    line.tabIndex = -1;
    line.scrollIntoView({ block: "center" });
    line.focus({ preventScroll: true });
  }

  document.addEventListener("click", (event) => {
    const anchor = event.target.closest && event.target.closest('a[href^="#item-"]');
    if (!anchor) return;
    event.preventDefault();
    if (panel.contains(anchor)) panel.hidden = true;
    reveal(anchor.getAttribute("href").slice(1));
  });

  // ---- the board, and last year ----

  function listBy(rows, shows, output, what, unit) {
    const shown = rows.filter((line) => {
      const visible = shows(line);
      line.hidden = !visible;
      return visible;
    });
    output.textContent = what + "显示 " + shown.length + " " + unit + "，共 " + rows.length + " " + unit + "。";
  }

  function startBoard() {
    const state = byId("state");
    const rows = all(".board tbody tr");
    Array.from(new Set(rows.map((line) => line.dataset.state))).forEach((one) => {
      state.appendChild(made("option", one)).value = one;
    });
    const draw = () =>
      listBy(rows, (line) => !state.value || line.dataset.state === state.value, byId("board-told"),
        state.value ? "只看“" + state.value + "”：" : "", "家");
    state.addEventListener("change", draw);
    rows.forEach((line) => all("td.number", line).forEach((cell) => toFindings(line, cell)));
    draw();
  }

  // A count on the board leads to that agency's findings.
  function toFindings(line, cell) {
    if (cell.textContent === "0") return;
    const name = line.cells[0].textContent;
    const button = made("button", cell.textContent, "link");
    button.type = "button";
    button.setAttribute("aria-label", name + "的问题，" + cell.textContent + " 处");
    button.addEventListener("click", () => {
      clear();
      byId("by-agency").value = name;
      refilter();
      byId("findings").scrollIntoView();
      byId("by-agency").focus({ preventScroll: true });
    });
    cell.textContent = "";
    cell.appendChild(button);
  }

  function startCompared() {
    const by = byId("moved-by");
    const rows = all("#compared tbody tr");
    const draw = () =>
      listBy(rows, (line) => isMoved(line.dataset.rate, by.value), byId("compared-told"),
        by.value === "all" ? "" : "只看" + by.options[by.selectedIndex].textContent + "：", "项");
    by.addEventListener("change", draw);
    if (rows.every((line) => line.dataset.rate === "unknown")) by.value = "all";
    draw();
  }

  function isMoved(rate, least) {
    if (least === "all") return true;
    if (rate === "") return false;
    if (rate === "unknown") return false;
    return least === "moved" || rate === "new" || Number(rate) >= Number(least);
  }

  function startDeadline() {
    const line = byId("deadline");
    const day = line.dataset.deadline;
    if (!day) return;
    const waiting = all(".board .state.missing").length;
    const days = Math.floor((Date.now() - new Date(day + "T00:00:00").getTime()) / 86400000);
    let words = "报送截止日期 " + day;
    if (days > 0 && days <= 366) words += "，已过 " + days + " 天";
    if (days <= 0) words += days ? "，还有 " + -days + " 天" : "，就是今天";
    if (days > 0 && waiting) words += "，还有 " + waiting + " 家未报";
    line.textContent = words + "。";
  }

  // ---- paper: all that the filter lets through, not the first screen of it ----

  window.addEventListener("beforeprint", () => {
    limit = Infinity;
    filter();
    all("details").forEach((one) => (one.open = true));
  });
  window.addEventListener("afterprint", refilter);

  all("[data-figure]").forEach(activate);
  all(".grid, .beside").forEach(rove);
  Object.keys(SELECTS).forEach((key) => byId("by-" + key).addEventListener("change", refilter));
  word.addEventListener("input", refilter);
  byId("clear").addEventListener("click", clear);
  more.addEventListener("click", () => {
    limit += LIMIT;
    filter();
  });
  startBoard();
  startCompared();
  startDeadline();
  filter();
  if (/^#item-\d+$/.test(window.location.hash)) reveal(window.location.hash.slice(1));
})();
