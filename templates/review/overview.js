
  // ---- on the overview the parts stand in the agencies' place: these functions replace those above ----

  function from(entry) {
    const cell = made("td", undefined, "from");
    const anchor = made("a", "看这一册的 " + (entry.raw || entry.value) + " 家");
    anchor.href = entry.file + "#figure-" + shownFigure;
    cell.appendChild(anchor);
    return cell;
  }

  let shownFigure = 0;

  function account(figure) {
    const list = entries(figure);
    const parts = [value(figure)];
    shownFigure = figures.indexOf(figure);
    if (figure.formula || figure.parts.length) parts.push(formula(figure));
    if (figure.further) parts.push(made("p", "这个数在各册里还有没处理的问题 " + figure.further + " 条，见各册。"));
    if (figure.items.length) parts.push(...findings(figure.items));
    if (figure.lacking.length) parts.push(...lacking(figure.lacking));
    if (list.length) parts.push(...subtotals(figure), ...contributions(figure, list));
    if (figure.origins.length) parts.push(made("p", "正文 " + figure.origins.join("、") + "用到这个数。", "hint"));
    parts.push(made("p", "名字：" + figure.address, "hint"));
    return parts;
  }

  function lacking(pairs) {
    const list = made("ul");
    pairs.forEach((pair) => list.appendChild(made("li", pair[0] + "：" + pair[1])));
    return [made("h3", "缺这个数的单位（在 " + pairs.length + " 册里）"), list];
  }

  function subtotals(figure) {
    if (source.groups.length < 2) return [];
    const table = made("table");
    const lines = made("tbody");
    source.groups.forEach((group, place) => lines.appendChild(row([group, number(figure.subtotals[place] || "—")])));
    table.appendChild(header(["分组", "数"]));
    table.appendChild(lines);
    return [made("h3", "分组小计"), table];
  }

  function contributions(figure, list) {
    const bar = made("div", undefined, "bar");
    bar.appendChild(made("h3", "各册的合计（" + list.length + " 册）"));
    bar.appendChild(chooser());
    const frame = made("div", undefined, "frame");
    frame.tabIndex = 0;
    frame.setAttribute("role", "region");
    frame.setAttribute("aria-label", "各册的合计");
    const draw = () => {
      frame.textContent = "";
      const table = contributionTable(figure, list);
      table.rows[0].cells[0].textContent = "册";
      table.rows[0].cells[5].textContent = "各单位的数";
      frame.appendChild(table);
    };
    bar.querySelector("select").addEventListener("change", (event) => {
      order = event.target.value;
      draw();
    });
    draw();
    return [bar, frame];
  }

  function told(counts, chosen) {
    const filtered = Object.keys(chosen).length || word.value.trim() ? "筛选只在本页列出的里面找。" : "";
    return (
      filtered + "本页列出没有处理的 " + counts.open + " 处、已确认的 " + counts.accepted +
      " 处；全部的数见下面各标题，其余的在各册。"
    );
  }

  // ---- on which page an agency is ----

  const FOUND = 30; // agencies listed; the line after says how many more there are
  const where = JSON.parse(byId("where").textContent);

  function findAgency() {
    const words = byId("find-agency").value.trim();
    const list = byId("found-agencies");
    let count = 0;
    list.textContent = "";
    if (!words) return;
    where.forEach((part) => {
      if (!part[2].includes(words)) return;
      part[2].split("\n").filter((name) => name.includes(words)).forEach((name) => {
        count += 1;
        if (count > FOUND) return;
        const anchor = made("a", name + "（" + part[0] + "）");
        anchor.href = part[1] + "#agency=" + encodeURIComponent(name);
        list.appendChild(made("li")).appendChild(anchor);
      });
    });
    const more = count > FOUND ? "还有 " + (count - FOUND) + " 家，请多写几个字。" : count ? "" : "名册里没有。";
    if (more) list.appendChild(made("li", more));
  }

  byId("find-agency").addEventListener("input", findAgency);

  // The board lists only whom to look at: what the page says of their number stands.
  function startBoard() {
    byId("state").parentNode.hidden = true;
  }
