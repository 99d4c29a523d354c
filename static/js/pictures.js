// Pictures, drawn from the tables beneath them. Each table says all that its picture says, so nothing is lost without this file.
(() => {
  "use strict";
  const drawn = new Map(); // section → its chart and what it is drawn of
  const { library } = document.currentScript.dataset;

  // The page's own colours and letters, light or dark.
  function look() {
    const root = getComputedStyle(document.documentElement);
    const colour = (name) => root.getPropertyValue(`--${name}`).trim();
    return {
      ink: colour("ink"), soft: colour("soft-ink"), line: colour("line"), strong: colour("strong-line"), paper: colour("paper"),
      surface: colour("surface"), shade: colour("shade"), accent: colour("accent"), wash: colour("accent-wash"),
      font: getComputedStyle(document.body).fontFamily.replaceAll('"', "'"), // as it may stand in an attribute of an SVG
    };
  }

  const today = () => new Date().toISOString().slice(0, 10);
  const rows = (section, name) => [...section.querySelectorAll(`tr[data-${name}]`)];
  const number = (n) => Number(n).toLocaleString("en");
  const meetings = (n) => `${number(n)} meeting${Number(n) === 1 ? "" : "s"}`;
  const link = (row) => row.querySelector("a").href;

  // In the canvas itself: a tooltip of HTML would need inline styles.
  const tooltip = (c) => ({
    renderMode: "richText", confine: true, backgroundColor: c.surface, borderColor: c.strong, borderWidth: 1, padding: [6, 9],
    textStyle: { color: c.ink, fontFamily: c.font, fontSize: 13 }, extraCssText: "", transitionDuration: 0,
  });

  // Every year, month or day from the first to the last, those without meetings too.
  function bins(first, last, unit) {
    const length = { year: 4, month: 7, day: 10 }[unit], all = [];
    const [year, month = 1, day = 1] = first.split("-").map(Number);
    const at = new Date(0);
    at.setUTCFullYear(year, month - 1, day);
    for (let text = first; text <= last && all.length < 5000; text = at.toISOString().slice(0, length)) {
      all.push(text);
      if (unit === "year") at.setUTCFullYear(at.getUTCFullYear() + 1);
      else if (unit === "month") at.setUTCMonth(at.getUTCMonth() + 1);
      else at.setUTCDate(at.getUTCDate() + 1);
    }
    return all;
  }

  // As short as an axis needs it: 2007, May 2007, 29 May.
  function short(date) {
    const parts = [{}, { month: "short", year: "numeric" }, { day: "numeric", month: "short" }][date.split("-").length - 1];
    return date.includes("-") ? new Date(date).toLocaleDateString("en-GB", { ...parts, timeZone: "UTC" }) : date;
  }

  const pictures = {
    timeline(section, c) {
      const told = rows(section, "date"), unit = section.querySelector(".canvas").dataset.unit;
      const names = new Map(told.map((row) => [row.dataset.date, row.querySelector("th").textContent]));
      const numbers = new Map(told.map((row) => [row.dataset.date, Number(row.dataset.n)]));
      const dates = bins(told[0].dataset.date, told.at(-1).dataset.date, unit);
      const axis = { axisLine: { lineStyle: { color: c.strong } }, axisTick: { show: false }, axisLabel: { color: c.soft, fontFamily: c.font, fontSize: 12 } };
      return {
        dates,
        option: {
          grid: { left: 4, right: 12, top: 14, bottom: 4, outerBoundsMode: "same", outerBoundsContain: "axisLabel" },
          tooltip: {
            ...tooltip(c), trigger: "axis", axisPointer: { type: "shadow", shadowStyle: { color: c.strong, opacity: 0.15 } },
            formatter: ([{ name, value }]) => `${names.get(name) ?? short(name)}: ${value ? meetings(value) : "no meeting"}`,
          },
          xAxis: { ...axis, type: "category", data: dates, axisLabel: { ...axis.axisLabel, hideOverlap: true, formatter: short } },
          yAxis: { ...axis, type: "value", minInterval: 1, axisLine: { show: false }, splitLine: { lineStyle: { color: c.line } }, splitNumber: 3 },
          brush: {
            toolbox: [], xAxisIndex: 0, brushType: "lineX", brushMode: "single", transformable: false,
            brushStyle: { color: c.wash, borderColor: c.accent, borderWidth: 1, opacity: 0.6 }, outOfBrush: { colorAlpha: 0.4 },
          },
          series: [{ type: "bar", data: dates.map((date) => numbers.get(date) ?? 0), itemStyle: { color: c.accent }, barCategoryGap: dates.length > 200 ? 0 : "20%", barMaxWidth: 40 }],
        },
      };
    },

    map(section, c, outlines) {
      const spots = rows(section, "precision").map((row) => ({ ...row.dataset, n: Number(row.dataset.n), row }));
      const shapes = new Set(outlines.features.map((shape) => shape.properties.name));
      const areas = spots.filter((spot) => spot.precision === "country" && shapes.has(spot.country));
      const marked = spots.filter((spot) => spot.latitude && !areas.includes(spot));
      const most = Math.max(1, ...marked.map((spot) => spot.n));
      const bounds = within(marked), [[west], [east]] = bounds, small = innerWidth < 640;
      const degree = section.querySelector(".canvas").clientWidth / (east - west);
      const says = { city: "city", building: "building", region: "region, marked at its middle", country: "country, marked at its capital" };
      const marks = { city: ["circle", c.accent, 0], building: ["diamond", c.accent, 0], region: ["circle", "transparent", 2], country: ["rect", "transparent", 2] };
      const placed = (spot) => ({
        value: [Number(spot.longitude), Number(spot.latitude)], symbolSize: (small ? 0.6 : 1) * (7 + 19 * Math.sqrt(spot.n / most)),
      });
      const series = Object.entries(marks).map(([precision, [symbol, fill, border]]) => ({
        type: "scatter", coordinateSystem: "geo", symbol, silent: true,
        itemStyle: { color: fill, borderColor: border ? c.accent : c.paper, borderWidth: border || 1, opacity: 0.9 },
        data: marked.filter((spot) => spot.precision === precision).map(placed),
      }));
      // Names are drawn after all marks, so that none lies beneath one; what is pointed at is the name with its mark.
      // The long names of buildings have no room on a telephone.
      series.push({
        type: "scatter", coordinateSystem: "geo", symbol: "circle", itemStyle: { color: "transparent" },
        emphasis: { itemStyle: { borderColor: c.ink, borderWidth: 1 }, scale: false },
        label: { show: true, formatter: "{b}", color: c.ink, fontFamily: c.font, fontSize: small ? 11 : 12, textBorderColor: c.paper, textBorderWidth: 3 },
        labelLayout: { hideOverlap: true },
        data: marked.map((spot) => ({
          ...placed(spot), name: spot.name, url: link(spot.row), label: { position: side(spot, marked, [west, east], degree), show: !small || spot.precision !== "building" },
          tooltip: { formatter: `${spot.name}, ${says[spot.precision]}: ${meetings(spot.n)}` },
        })),
      });
      return {
        option: {
          tooltip: tooltip(c),
          geo: {
            map: "world", roam: "move", left: 0, right: 0, top: 0, bottom: 0, preserveAspect: true, boundingCoords: bounds, silent: false, tooltip: { show: false },
            itemStyle: { areaColor: c.shade, borderColor: c.strong, borderWidth: 0.5 },
            emphasis: { disabled: true }, select: { disabled: true },
            regions: areas.map((spot) => ({
              name: spot.country, itemStyle: { areaColor: c.wash, borderColor: c.accent, borderWidth: 1 },
              tooltip: { ...tooltip(c), show: true, formatter: `${spot.name}, somewhere in it: ${meetings(spot.n)}` },
            })),
          },
          series,
        },
        urls: new Map(areas.map((spot) => [spot.country, link(spot.row)])),
      };
    },

    network(section, c) {
      const people = rows(section, "person").map((row) => ({ ...row.dataset, url: link(row) }));
      const names = new Map(people.map((person) => [person.person, person.name]));
      const ties = rows(section, "one").map((row) => ({ ...row.dataset, url: link(row) }));
      const most = Math.max(...people.map((person) => Number(person.n))), thickest = Math.max(...ties.map((tie) => Number(tie.n)));
      const { clientWidth: width, clientHeight: height } = section.querySelector(".canvas"), small = width < 640, room = small ? 24 : 130;
      const place = arranged(people, ties, width - 24 - room, height - 48);
      // To the right of its mark where it has room there, else to the left.
      const label = (person, name) => {
        const { x } = place(person), right = width - 48 - x;
        return right > 7 * name.length || right > x ? { position: "right", width: right } : { position: "left", width: x };
      };
      return {
        option: {
          tooltip: tooltip(c),
          series: [{
            type: "graph", layout: "none", roam: "move", left: 24, right: room, top: 24, bottom: 24,
            itemStyle: { color: c.accent, borderColor: c.paper, borderWidth: 1 },
            lineStyle: { color: c.strong, opacity: 0.55 },
            emphasis: { focus: "adjacency", lineStyle: { color: c.accent, opacity: 1 }, itemStyle: { borderColor: c.ink } },
            label: { show: true, formatter: "{b}", overflow: "truncate", color: c.ink, fontFamily: c.font, fontSize: small ? 11 : 12, textBorderColor: c.paper, textBorderWidth: 2 },
            labelLayout: { hideOverlap: true },
            data: people.map((person) => {
              const name = person.country ? `${person.name} ${person.country}` : person.name;
              return {
                id: person.person, name, value: Number(person.n), url: person.url, ...place(person), symbolSize: (small ? 4 : 6) + (small ? 12 : 20) * Math.sqrt(person.n / most),
                label: label(person, name), tooltip: { formatter: `${person.name}: ${meetings(person.n)}` },
              };
            }),
            links: ties.map((tie) => ({
              source: tie.one, target: tie.other, url: tie.url, lineStyle: { width: 1 + 5 * (tie.n / thickest) },
              tooltip: { formatter: `${names.get(tie.one)} and ${names.get(tie.other)}: ${meetings(tie.n)}` },
            })),
          }],
        },
      };
    },
  };

  // The part of the world in which the marks lie, with some room about them; all of it, less the Antarctic, where they lie far apart.
  function within(marked) {
    const [west, east] = extent(marked.map((spot) => Number(spot.longitude)), 12, -180, 180);
    const [south, north] = extent(marked.map((spot) => Number(spot.latitude)), 8, -56, 80);
    return !marked.length || east - west > 150 ? [[-170, 80], [180, -56]] : [[west, north], [east, south]];
  }
  function extent(values, room, least, most) {
    return [Math.max(least, Math.min(...values) - room), Math.min(most, Math.max(...values) + room)];
  }

  // The side of a mark where its name covers fewer others: the right one, unless the left is freer or the map ends. ``degree``: in pixels.
  function side(spot, marked, [west, east], degree) {
    const reach = (16 + 7 * spot.name.length) / degree, x = Number(spot.longitude), y = Number(spot.latitude);
    const beside = marked.filter((other) => other !== spot && Math.abs(other.latitude - y) < 10 / degree);
    const right = beside.filter((other) => other.longitude >= x && other.longitude < x + reach).length;
    const left = beside.filter((other) => other.longitude < x && other.longitude > x - reach).length;
    return x + reach > east || (left < right && x - reach > west) ? "left" : "right";
  }

  // Where people stand so that those who met are near (Fruchterman and Reingold 1991), drawn to the middle and fitted to a box.
  // From a circle, so that the same table gives the same picture.
  function arranged(people, ties, width, height) {
    const count = people.length, area = 1 / count, ideal = Math.sqrt(area), gravity = 5, at = new Map();
    people.forEach(({ person }, i) => at.set(person, { x: Math.cos((2 * Math.PI * i) / count) / 2, y: Math.sin((2 * Math.PI * i) / count) / 2 }));
    const points = [...at.values()], pull = ties.map((tie) => [at.get(tie.one), at.get(tie.other)]);
    for (let heat = 0.12; heat > 0.001; heat *= 0.985) {
      for (const point of points) {
        point.dx = -gravity * point.x;
        point.dy = -gravity * point.y;
        for (const other of points) {
          const dx = point.x - other.x, dy = point.y - other.y, squared = dx * dx + dy * dy;
          if (!squared) continue;
          point.dx += (dx * area) / squared;
          point.dy += (dy * area) / squared;
        }
      }
      for (const [one, other] of pull) {
        const dx = one.x - other.x, dy = one.y - other.y, strength = Math.hypot(dx, dy) / ideal;
        one.dx -= dx * strength; one.dy -= dy * strength;
        other.dx += dx * strength; other.dy += dy * strength;
      }
      for (const point of points) {
        const far = Math.hypot(point.dx, point.dy) || 1, step = Math.min(far, heat) / far;
        point.x += point.dx * step;
        point.y += point.dy * step;
      }
    }
    const fitted = (name, size) => {
      const all = points.map((point) => point[name]), least = Math.min(...all), span = Math.max(...all) - least || 1;
      return (point) => ((point[name] - least) / span) * size;
    };
    const x = fitted("x", width), y = fitted("y", height);
    return ({ person }) => ({ x: x(at.get(person)), y: y(at.get(person)) });
  }

  async function fetched(section) {
    const answer = await fetch(section.dataset.outlines, { credentials: "same-origin" });
    const world = await answer.json();
    echarts.registerMap("world", world);
    return world;
  }
  let outlines; // asked for once

  // The library is fetched once a picture is about to be seen.
  let fetching;
  const drawing = () => (fetching ??= new Promise((resolve, reject) => {
    document.head.append(Object.assign(document.createElement("script"), { src: library, onload: resolve, onerror: reject }));
  }));
  const near = new IntersectionObserver((entries) => {
    for (const { isIntersecting, target } of entries) if (isIntersecting) { near.unobserve(target); show(target); }
  }, { rootMargin: "300px" });

  async function show(section) {
    if (drawn.has(section)) return;
    const canvas = section.querySelector(".canvas"), kind = pictures[section.dataset.picture];
    drawn.set(section, null);
    if (section.querySelector("table.calendar")) offer(section, (form) => saveCalendar(section, form));
    if (!canvas || !kind) return;
    await drawing();
    const needed = section.dataset.picture === "map" ? await (outlines ??= fetched(section)) : undefined;
    if (!section.isConnected) return;
    section.querySelector("details.as-table").open = false;
    for (const hidden of section.querySelectorAll(".canvas, [data-zooming], .by-pointer")) hidden.hidden = false;
    const chart = echarts.init(canvas, null, { renderer: "canvas" });
    drawn.set(section, { chart });
    draw(section, needed);
    chart.on("click", ({ data, name, componentType }) => {
      const url = data?.url ?? (componentType === "geo" ? drawn.get(section).urls?.get(name) : undefined);
      if (url) location.assign(url);
    });
    chart.on("brushEnd", ({ areas: [area] }) => { if (area) narrow(section, area.coordRange); });
    for (const button of section.querySelectorAll("[data-zoom]"))
      button.addEventListener("click", () => chart.dispatchAction({
        type: "geoRoam", componentType: "geo", geoIndex: 0, zoom: Number(button.dataset.zoom), originX: chart.getWidth() / 2, originY: chart.getHeight() / 2,
      }));
    offer(section, (form) => save(section, form));
    new ResizeObserver(() => chart.resize()).observe(canvas);
  }

  function draw(section, needed) {
    const known = drawn.get(section), { chart } = known;
    Object.assign(known, { needed: needed ?? known.needed });
    Object.assign(known, pictures[section.dataset.picture](section, look(), known.needed));
    chart.setOption({ animation: false, ...known.option }, true);
    if (known.dates)
      chart.dispatchAction({ type: "takeGlobalCursor", key: "brush", brushOption: { brushType: "lineX", brushMode: "single" } });
  }

  // The brush writes into the form beneath the picture, as anybody may by keyboard.
  function narrow(section, [from, to]) {
    const { dates } = drawn.get(section), form = section.querySelector("form.brush");
    const at = (place) => dates[Math.min(dates.length - 1, Math.max(0, place))];
    form.elements.after.value = at(from);
    form.elements.before.value = at(to);
    form.requestSubmit();
  }

  // What is taken home says what it is and where it is from.
  function save(section, form) {
    const { chart, option } = drawn.get(section), c = look(), foot = 46;
    const width = chart.getWidth(), height = chart.getHeight() + foot, holder = document.createElement("div");
    const copy = echarts.init(form === "svg" ? null : holder, null, { renderer: form === "svg" ? "svg" : "canvas", ssr: form === "svg", width, height });
    const { geo: [view] = [] } = chart.getOption();
    const bottom = { left: 12, bottom: 8, text: section.dataset.title, subtext: `${location.href}, ${today()}${view ? "; outlines of today’s countries: Natural Earth" : ""}`, itemGap: 4 };
    copy.setOption({
      animation: false, backgroundColor: c.paper, ...option, brush: undefined,
      series: option.series.map((series) => (series.type === "graph" ? { ...series, bottom: series.bottom + foot } : series)),
      ...(option.grid && { grid: { ...option.grid, bottom: foot + 6 } }),
      ...(view && { geo: { ...option.geo, bottom: foot, center: view.center, zoom: view.zoom } }),
      title: { ...bottom, textStyle: { color: c.ink, fontSize: 13, fontFamily: c.font, fontWeight: 600 }, subtextStyle: { color: c.soft, fontSize: 10, fontFamily: c.font } },
    });
    give(section, form, form === "svg" ? copy.renderToSVGString() : copy.getDataURL({ type: "png", pixelRatio: 2 }));
    copy.dispose();
  }

  // The calendar is a table on the page; what is taken home is drawn like it.
  async function saveCalendar(section, form) {
    const c = look(), side = 25, left = 44, top = 56, wide = 42, parts = [];
    const escaped = (text) => text.trim().replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
    const text = (x, y, words, colour = c.ink, size = 11, anchor = "middle") =>
      parts.push(`<text x="${x}" y="${y}" fill="${colour}" font-size="${size}" text-anchor="${anchor}">${escaped(words)}</text>`);
    const lines = [...section.querySelectorAll("table.calendar tr")];
    const width = left + 31 * side + 2 * wide + 12, height = top + lines.length * side + 40;
    text(12, 30, section.querySelector("h3").textContent, c.ink, 20, "start");
    lines.forEach((line, row) => [...line.cells].forEach((cell, column) => {
      const day = column >= 1 && column <= 31, y = top + row * side, breadth = day || !column ? side : wide;
      const x = column > 31 ? left + 31 * side + (column - 32) * wide : left + (column - 1) * side;
      const link = cell.querySelector("a"), style = link && getComputedStyle(link);
      if (!column) return text(12, y + 17, cell.textContent, c.soft, 11, "start");
      const fill = day && link ? style.backgroundColor : cell.classList.contains("none") ? c.shade : "none";
      if (row) parts.push(`<rect x="${x}" y="${y}" width="${breadth}" height="${side}" fill="${fill}" stroke="${c.line}"/>`);
      if (cell.textContent.trim()) text(x + breadth / 2, y + 17, link?.firstChild.textContent ?? cell.textContent, row ? style?.color : c.soft);
    }));
    text(12, height - 24, section.dataset.title, c.ink, 13, "start");
    text(12, height - 9, `${location.href}, ${today()}`, c.soft, 10, "start");
    const picture = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" font-family="${c.font}"><rect width="100%" height="100%" fill="${c.paper}"/>${parts.join("")}</svg>`;
    if (form === "svg") return give(section, form, picture);
    const image = Object.assign(new Image(), { src: `data:image/svg+xml,${encodeURIComponent(picture)}` });
    await image.decode();
    const canvas = Object.assign(document.createElement("canvas"), { width: 2 * width, height: 2 * height });
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    return give(section, form, canvas.toDataURL("image/png"));
  }

  function offer(section, taken) {
    for (const button of section.querySelectorAll("[data-save]")) {
      button.hidden = false;
      button.addEventListener("click", () => taken(button.dataset.save));
    }
  }

  // A file for the browser to save: the text of an SVG, or the address of a PNG.
  function give(section, form, content) {
    const url = form === "svg" ? URL.createObjectURL(new Blob([content], { type: "image/svg+xml" })) : content;
    Object.assign(document.createElement("a"), { href: url, download: `${section.dataset.file}.${form}` }).click();
    if (form === "svg") setTimeout(() => URL.revokeObjectURL(url), 1000);
  }

  function showAll() {
    for (const [section, known] of drawn)
      if (!section.isConnected) { known?.chart.dispose(); drawn.delete(section); }
    document.querySelectorAll("section[data-picture]").forEach((section) => near.observe(section));
  }
  document.addEventListener("DOMContentLoaded", showAll);
  document.addEventListener("htmx:afterSettle", showAll);
  document.addEventListener("htmx:historyRestore", showAll);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => { for (const [section, known] of drawn) if (known) draw(section); });
})();
