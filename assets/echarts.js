// The parts of Apache ECharts that the pictures use. `node build.mjs` makes one file of them.
import * as echarts from "echarts/core";
import { BarChart, GraphChart, ScatterChart } from "echarts/charts";
import { BrushComponent, GeoComponent, GridComponent, TitleComponent, TooltipComponent } from "echarts/components";
import { LabelLayout } from "echarts/features";
import { CanvasRenderer, SVGRenderer } from "echarts/renderers";

echarts.use([
  BarChart, GraphChart, ScatterChart,
  BrushComponent, GeoComponent, GridComponent, TitleComponent, TooltipComponent,
  LabelLayout, CanvasRenderer, SVGRenderer,
]);
window.echarts = { init: echarts.init, registerMap: echarts.registerMap };
