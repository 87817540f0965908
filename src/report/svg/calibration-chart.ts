import { type Calibration, type Condition, THRESHOLD } from '../../calibrate/calibrate.ts';
import type { Rate } from '../../calibrate/rate.ts';
import { measureOf, nameMetric, showAmount } from '../../score/metric-text.ts';
import { element, type Markup } from './svg.ts';

interface Curve {
  name: string;
  style: 'judge' | 'any' | 'over';
  rate: (condition: Condition) => Rate;
}

const WIDTH = 340;
const HEIGHT = 344;
const PLOT = { left: 46, right: 16, top: 86, bottom: 48 };
/** Points of one loss stand a little apart, so that no interval hides another. */
const APART = 3;

/** Paints its own ground, so that it can be read on a light page and on a dark one. */
const STYLE = `
svg { font-family: system-ui, -apple-system, "Segoe UI", sans-serif; font-size: 11px;
  --ground: #ffffff; --ink: #1f2328; --soft: #59636e; --grid: #d8dee4; --judge: #0067a5; --any: #b3540b; --over: #5f6b77; }
@media (prefers-color-scheme: dark) {
  svg { --ground: #0d1117; --ink: #e6edf3; --soft: #9aa4ae; --grid: #2b323b; --judge: #62b3f0; --any: #f0964d; --over: #a9b4bf; } }
text { fill: var(--soft); } .title, .legend { fill: var(--ink); } .title { font-size: 13px; font-weight: 600; }
.ground { fill: var(--ground); } .grid { stroke: var(--grid); } .alpha { stroke: var(--ink); stroke-dasharray: 1 3; }
.judge { --curve: var(--judge); stroke-width: 2.4; } .any { --curve: var(--any); stroke-dasharray: 6 3; stroke-width: 1.6; }
.over { --curve: var(--over); stroke-dasharray: 2 2.5; stroke-width: 1.6; }
.line, .bar { fill: none; stroke: var(--curve); } .bar { stroke-width: 1.2; stroke-dasharray: none; }
.mark { fill: var(--ground); stroke: var(--curve); stroke-width: 1.6; stroke-dasharray: none; } .judge.mark { fill: var(--curve); }
`;

/**
 * How often each way of gating fails a change, by its true loss: a panel for each suite, side by side. One
 * self-contained SVG document, with a title and a description for who cannot see it.
 *
 * @param calibrations at least one
 */
export function calibrationChart(calibrations: readonly Calibration[]): string {
  const width = WIDTH * calibrations.length;
  const title = 'How often a change fails the gate, by its true loss';
  const chart = element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      viewBox: `0 0 ${width} ${HEIGHT}`,
      width,
      height: HEIGHT,
      role: 'img',
      'aria-labelledby': 'title description',
    },
    element('title', { id: 'title' }, title),
    element('desc', { id: 'description' }, calibrations.map(describe).join(' ')),
    // Not escaped: a style sheet is no text of anybody's.
    { markup: `<style>${STYLE}</style>` },
    element('rect', { class: 'ground', width, height: HEIGHT }),
    ...calibrations.map((each, index) =>
      element('g', { transform: `translate(${index * WIDTH} 0)` }, ...panel(each)),
    ),
  );
  return `${chart.markup}\n`;
}

function curvesOf(headline: string): Curve[] {
  return [
    { name: 'Touchstone: regressed', style: 'judge', rate: ({ regressed }) => regressed },
    { name: 'fail on any drop', style: 'any', rate: ({ anyDrop }) => anyDrop },
    {
      name: `fail on a drop over ${amount(headline, THRESHOLD)}`,
      style: 'over',
      rate: ({ dropOverThreshold }) => dropOverThreshold,
    },
  ];
}

function panel({ suite, headline, alpha, conditions }: Calibration): Markup[] {
  const most = Math.max(...conditions.map(({ loss }) => loss), 0.01);
  const x = (loss: number) => PLOT.left + 8 + (loss / most) * (WIDTH - PLOT.left - PLOT.right - 16);
  const y = (share: number) => HEIGHT - PLOT.bottom - share * (HEIGHT - PLOT.top - PLOT.bottom);
  const across = { x1: PLOT.left, x2: WIDTH - PLOT.right };
  const curves = curvesOf(headline);
  return [
    element('text', { x: PLOT.left, y: 20, class: 'title' }, suite),
    ...curves.flatMap(({ name, style }, index) => legend(name, style, 36 + 15 * index)),
    ...[0, 0.25, 0.5, 0.75, 1].flatMap((share) => [
      element('line', { class: 'grid', ...across, y1: y(share), y2: y(share) }),
      element('text', { x: PLOT.left - 6, y: y(share) + 4, 'text-anchor': 'end' }, `${share * 100}%`),
    ]),
    element('line', { class: 'alpha', ...across, y1: y(alpha), y2: y(alpha) }),
    element(
      'text',
      { x: across.x2, y: y(alpha) - 4, 'text-anchor': 'end' },
      `alpha ${(alpha * 100).toFixed(0)}%`,
    ),
    ...conditions.map(({ loss }) =>
      element(
        'text',
        { x: x(loss), y: HEIGHT - PLOT.bottom + 16, 'text-anchor': 'middle' },
        tick(headline, loss),
      ),
    ),
    element(
      'text',
      { x: (PLOT.left + WIDTH - PLOT.right) / 2, y: HEIGHT - 12, 'text-anchor': 'middle' },
      `true loss in ${nameMetric(headline)}${inPoints(headline) ? ', points' : ''}`,
    ),
    ...curves.flatMap((curve, index) =>
      drawn(
        curve,
        conditions.map((condition) => ({
          x: x(condition.loss) + (index - 1) * APART,
          ...curve.rate(condition),
        })),
        y,
      ),
    ),
  ];
}

function drawn(
  { style }: Curve,
  points: readonly (Rate & { x: number })[],
  y: (share: number) => number,
): Markup[] {
  const path = points.map((point) => `${point.x.toFixed(2)},${y(point.share).toFixed(2)}`).join(' ');
  return [
    element('polyline', { class: `line ${style}`, points: path }),
    ...points.flatMap((point) => [
      element('line', {
        class: `bar ${style}`,
        x1: point.x,
        x2: point.x,
        y1: y(point.low),
        y2: y(point.high),
      }),
      mark(style, point.x, y(point.share)),
    ]),
  ];
}

/** Each curve has a shape of its own, for who cannot tell the colours. */
function mark(style: Curve['style'], x: number, y: number): Markup {
  const look = { class: `mark ${style}` };
  if (style === 'judge') return element('circle', { ...look, cx: x, cy: y, r: 3.4 });
  if (style === 'any') return element('rect', { ...look, x: x - 3, y: y - 3, width: 6, height: 6 });
  return element('path', { ...look, d: `M${x.toFixed(2)} ${(y - 4).toFixed(2)}l4 7h-8z` });
}

function legend(name: string, style: Curve['style'], y: number): Markup[] {
  const [left, right] = [PLOT.left, PLOT.left + 30];
  return [
    element('line', { class: `line ${style}`, x1: left, x2: right, y1: y, y2: y }),
    mark(style, (left + right) / 2, y),
    element('text', { class: 'legend', x: right + 8, y: y + 4 }, name),
  ];
}

function describe({ suite, headline, conditions }: Calibration): string {
  const rows = conditions.map((condition) => {
    const shares = curvesOf(headline).map(
      ({ name, rate }) => `${name} ${(rate(condition).share * 100).toFixed(1)}%`,
    );
    return `${condition.loss === 0 ? 'no loss' : `a loss of ${amount(headline, condition.loss)}`}: ${shares.join(', ')}.`;
  });
  return `${suite}. With ${rows.join(' With ')}`;
}

function inPoints(headline: string): boolean {
  return showAmount(measureOf(headline), 0.01).endsWith('points');
}

function amount(headline: string, loss: number): string {
  return showAmount(measureOf(headline), loss).replace('.0 points', loss === 0.01 ? ' point' : ' points');
}

function tick(headline: string, loss: number): string {
  return inPoints(headline) ? String(Math.round(loss * 100)) : String(loss);
}
