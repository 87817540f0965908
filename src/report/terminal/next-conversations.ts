import type { ChalkInstance } from 'chalk';
import wrapAnsi from 'wrap-ansi';
import type { Chosen } from '../../active-learning/choose-batch.ts';
import { plural } from '../../score/metric-text.ts';
import { safeText } from './safe-text.ts';
import { shellWord } from './shell-word.ts';

/** What was chosen of a corpus, without its text. */
export interface NextReport {
  corpus: string;
  records: number;
  /** Records that cannot be goldens. */
  bad: number;
  /** Records that the draw passed over, and such as say the same as another. */
  notDrawn: number;
  likeGolden: number;
  likeOther: number;
  candidates: number;
  models: readonly string[];
  /** Prompts by models. */
  runs: number;
  /** Answers that were asked just now. */
  asked: number;
  /** What they cost; null where nobody knows. */
  usd: number | null;
  failed: number;
  /** Null where nothing was chosen. */
  out: string | null;
  /** As given; null for the project's own. */
  goldens: string | null;
  /** As given; all of the project's where empty. */
  suites: readonly string[];
  chosen: readonly (Omit<Chosen, 'conversation'> & { id: string; lang: string | null })[];
}

const WIDEST = 98;

/** What was chosen and why, and the next two commands. */
export function renderNext(report: NextReport, screen: { chalk: ChalkInstance; columns: number }): string {
  const { chalk } = screen;
  const say = (text: string, indent = '  ') => wrapped(safeText(text), indent, screen.columns);
  const { candidates, chosen, models, runs, failed, asked, usd, out } = report;
  const head = `${chalk.bold(safeText(report.corpus))}  ${plural(report.records, 'record')}, ${plural(candidates, 'candidate')}`;
  const lines = [head, ...leftOut(report).map((text) => say(text))];
  const cost = usd === null ? 'cost unknown' : `US$${usd.toFixed(2)}`;
  lines.push(say(`${plural(runs, 'run')}, ${plural(asked, 'answer')} asked just now, ${cost}`));
  if (failed > 0) lines.push(say(`${plural(failed, 'question')} without an answer`));
  if (models.every((model) => model === 'embedded'))
    lines.push(say('embedded is a floor, not a judge: what it predicts is rough'));
  if (runs === 1)
    lines.push(
      say('one run differs from nobody: name a second --model or --prompt, and disagreement counts as well'),
    );
  if (out === null) return `${[...lines, '', say('nothing to choose from')].join('\n')}\n`;
  lines.push('', chalk.bold(`Chosen: ${plural(chosen.length, 'conversation')}, what teaches most first`));
  for (const [place, { id, predicted, why }] of chosen.entries()) {
    lines.push(`${String(place + 1).padStart(3)}  ${safeText(id)}`);
    if (predicted.length > 0) lines.push(say(inShort(predicted), '     '));
    lines.push(chalk.dim(say(why, '     ')));
  }
  return `${[...lines, '', ...nextSteps(report, out)].join('\n')}\n`;
}

function leftOut({ bad, notDrawn, likeGolden, likeOther }: NextReport): string[] {
  const parts = [
    [bad, 'that cannot be goldens'],
    [notDrawn, 'not drawn, or the same text'],
    [likeGolden, 'like a golden'],
    [likeOther, 'like another'],
  ] as const;
  const told = parts
    .filter(([count]) => count > 0)
    .map(([count, what]) => `${count.toLocaleString('en')} ${what}`);
  return told.length === 0 ? [] : [`left out: ${told.join('; ')}`];
}

function nextSteps({ goldens, suites }: NextReport, out: string): string[] {
  const place = goldens === null ? '' : ` --goldens ${shellWord(goldens)}`;
  const [suite, ...others] = suites;
  const one = suite !== undefined && others.length === 0 ? ` ${suite}` : '';
  return [
    'take them over, and label them:',
    safeText(`  touchstone goldens add ${shellWord(out)}${place}`),
    safeText(`  touchstone goldens label${one} --as NAME${place}`),
  ];
}

/** `affective primary roleplay, topics coaching+roleplay; pushback pushback false`. */
function inShort(predicted: readonly string[]): string {
  const parts = predicted.map((name) => /^(.*?)\.(.*): (.*)$/.exec(name) ?? ['', '', '', name]);
  return [...Map.groupBy(parts, ([, suite = '']) => suite)]
    .map(([suite, ofSuite]) => {
      const fields = [...Map.groupBy(ofSuite, ([, , field = '']) => field)];
      return `${suite} ${fields.map(([field, some]) => `${field} ${some.map(([, , , value = '']) => value).join('+')}`).join(', ')}`;
    })
    .join('; ');
}

function wrapped(text: string, indent: string, columns: number): string {
  const room = Math.max(20, Math.min(WIDEST, columns) - indent.length - 3);
  return `${indent}${wrapAnsi(text, room, { hard: true }).replaceAll('\n', `\n${indent}   `)}`;
}
