// Builds static/vendor and tests/data/axe-core from the npm packages that package.json pins: `npm ci && node build.mjs`.
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { geoEquirectangular } from "d3-geo";
import { geoProject } from "d3-geo-projection";
import countries from "i18n-iso-countries";
import { feature } from "topojson-client";

const VENDOR = "../static/vendor", AXE = "../tests/data/axe-core";
const version = (name) => JSON.parse(readFileSync(`node_modules/${name}/package.json`)).version;
for (const folder of [`${VENDOR}/echarts`, `${VENDOR}/natural-earth`, AXE]) mkdirSync(folder, { recursive: true });

// As a program of its own: npm does not run esbuild's installation script unless asked.
execFileSync("node_modules/.bin/esbuild", [
  "echarts.js", "--bundle", "--minify", "--format=iife", "--target=es2020", "--charset=utf8", "--legal-comments=none",
  `--banner:js=/*! Apache ECharts ${version("echarts")} (Apache-2.0), the parts used here. See LICENSE and NOTICE beside this file. */`,
  `--outfile=${VENDOR}/echarts/echarts.js`,
]);
const licences = ["echarts", "zrender"].map((name) => `${name} ${version(name)}\n\n${readFileSync(`node_modules/${name}/LICENSE`)}`);
writeFileSync(`${VENDOR}/echarts/LICENSE`, licences.join(`\n${"-".repeat(79)}\n\n`));
copyFileSync("node_modules/echarts/NOTICE", `${VENDOR}/echarts/NOTICE`);

// Outlines at 1:110 million, cut at the 180th meridian: longitude and latitude to a hundredth of a degree. A country's name is its key,
// ISO 3166-1 alpha-2, or XK for Kosovo. Antarctica meets nobody and takes room.
const world = JSON.parse(readFileSync("node_modules/world-atlas/countries-110m.json"));
const degrees = geoEquirectangular().scale(180 / Math.PI).translate([0, 0]).reflectY(true).precision(0);
const { features } = geoProject(feature(world, world.objects.countries), degrees);
const rounded = (value) => (Array.isArray(value) ? value.map(rounded) : Math.round(value * 100) / 100);
const shapes = features.filter(({ id }) => id !== "010").map(({ id, properties: { name }, geometry: { type, coordinates } }) => {
  const key = id ? countries.numericToAlpha2(id) : name === "Kosovo" ? "XK" : "";
  return { type: "Feature", properties: { name: key || name }, geometry: { type, coordinates: rounded(coordinates) } };
});
writeFileSync(`${VENDOR}/natural-earth/countries.json`, JSON.stringify({ type: "FeatureCollection", features: shapes }));
writeFileSync(`${VENDOR}/natural-earth/README`, `Country outlines of Natural Earth (naturalearthdata.com, public domain) at 1:110 million, as packed by world-atlas ${version("world-atlas")} (ISC).\n`);

for (const name of ["axe.min.js", "LICENSE"]) copyFileSync(`node_modules/axe-core/${name}`, `${AXE}/${name}`);
