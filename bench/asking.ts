import { askInvented } from './ask-invented.ts';
import { atLeast, type Figure, plain } from './figure.ts';
import { LATENCY, withStandIn } from './stand-in.ts';

const CASES = 1000;
const CONCURRENCY = 32;

/** How near asking comes to what latency and concurrency allow. */
export async function benchAsking(): Promise<Figure[]> {
  const { asking, seconds } = await withStandIn((url) => askInvented(url, CASES, CONCURRENCY));
  const ideal = ((CASES / CONCURRENCY) * LATENCY) / 1000;
  return [
    plain(`ideal: ${CASES} cases, ${CONCURRENCY} at once, ${LATENCY} ms`, `${ideal.toFixed(2)} s`),
    plain('asking', `${asking.toFixed(2)} s`),
    atLeast('ideal / asking', ideal / asking, 0.92),
    plain('whole command, start to report', `${seconds.toFixed(2)} s`),
    atLeast('ideal / whole command', ideal / seconds, 0.75),
  ];
}
