// The parts of Apache ECharts that the pictures use, and the reader of the outlines' format. `node build.mjs` makes one file of them.
import * as echarts from "echarts/core";
import { BarChart, GraphChart, MapChart, ScatterChart } from "echarts/charts";
import { AriaComponent, BrushComponent, GeoComponent, GridComponent, TooltipComponent } from "echarts/components";
import { LabelLayout } from "echarts/features";
import { CanvasRenderer, SVGRenderer } from "echarts/renderers";
import { feature } from "topojson-client";

echarts.use([
  BarChart, GraphChart, MapChart, ScatterChart,
  AriaComponent, BrushComponent, GeoComponent, GridComponent, TooltipComponent,
  LabelLayout, CanvasRenderer, SVGRenderer,
]);
window.echarts = { init: echarts.init, registerMap: echarts.registerMap, feature };
