import { benchAsking } from './asking.ts';
import { benchEmbedded } from './embedded.ts';
import { type Figure, figureTable } from './figure.ts';
import { benchGoldensCheck } from './goldens-check.ts';
import { benchKill } from './kill.ts';
import { benchLimit } from './limit.ts';
import { benchPromptfoo } from './promptfoo-eval.ts';
import { benchScale } from './scale.ts';
import { benchSequential } from './sequential.ts';
import { benchShipped } from './shipped.ts';
import { benchStudy } from './study.ts';
import { benchWatch } from './watch.ts';

/** `node bench/run.ts [part...]`: measures all parts, or those named; ends with 1 where a target is missed. */
const parts: Record<string, () => Promise<Figure[]>> = {
  asking: benchAsking,
  promptfoo: benchPromptfoo,
  limit: benchLimit,
  embedded: benchEmbedded,
  shipped: benchShipped,
  sequential: benchSequential,
  watch: benchWatch,
  study: benchStudy,
  scale: benchScale,
  kill: benchKill,
  'goldens-check': benchGoldensCheck,
};

const names = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(parts);
for (const name of names) {
  const measure = parts[name];
  if (measure === undefined) {
    process.stderr.write(`No part ${name}; there are ${Object.keys(parts).join(', ')}\n`);
    process.exitCode = 2;
    break;
  }
  const figures = await measure();
  process.stdout.write(`${figureTable(name, figures)}\n`);
  if (!figures.every(({ isMet }) => isMet)) process.exitCode = 1;
}
