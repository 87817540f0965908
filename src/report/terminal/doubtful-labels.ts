import type { ChalkInstance } from 'chalk';
import wrapAnsi from 'wrap-ansi';
import { doubtWords, showCount } from '../../doubt/doubt-words.ts';
import type { Confusion, FieldNoise } from '../../doubt/label-noise.ts';
import type { Doubt, DoubtedCase } from '../../doubt/rank-doubts.ts';
import type { SuiteDoubts } from '../../doubt/suite-doubts.ts';
import { caseId } from '../../plan/case.ts';
import { plural } from '../../score/metric-text.ts';
import { plainTable } from './plain-table.ts';
import { safeText } from './safe-text.ts';

export interface DoubtScreen {
  chalk: ChalkInstance;
  columns: number;
  /** The text of a doubted case; null where texts are not to be shown. */
  textOf: ((id: string) => string) | null;
}

const WIDEST = 98;
/** Confusions that are told of a field. */
const MOST_CONFUSIONS = 3;
/** With so many runs or fewer, a share of runs says little, and the estimate is the models' own error. */
const FEW_RUNS = 2;

/** The most doubtful labels of a suite, and what the doubts rest on. Shows no conversation unless it is given. */
export function renderDoubts(
  { suite, cases, runs, doubted: all, noise }: SuiteDoubts,
  doubted: readonly DoubtedCase[],
  screen: DoubtScreen,
): string {
  const { chalk } = screen;
  const line = (text: string) => wrapped(text, '  ', screen);
  const head = `${chalk.bold.underline(safeText(suite))}  ${plural(cases, 'label')}, ${plural(runs.length, 'run')} on record`;
  const models = runs.map(({ model, prompt, answers }) =>
    line(safeText(`${model}, prompt ${prompt.slice(0, 8)}: ${plural(answers.size, 'case')}`)),
  );
  const lines = [head, ...models];
  if (runs.length > 0 && runs.every(({ model }) => model === 'embedded'))
    lines.push(line('embedded is a floor, not a judge: what it says against a label may be its own mistake'));
  if (runs.length <= FEW_RUNS) lines.push(...weakness(suite, runs.length).map(line));
  else if (noise.length > 0) lines.push('', ...noiseLines(noise, screen));
  if (doubted.length === 0) return `${[...lines, '', line('no label is in doubt')].join('\n')}\n`;
  const count = doubted.length === all.length ? '' : ` of ${all.length.toLocaleString('en')}`;
  lines.push('', chalk.bold(`In doubt: ${plural(doubted.length, 'case')}${count}, the most doubtful first`));
  return `${[...lines, ...caseLines(doubted, screen)].join('\n')}\n`;
}

function weakness(suite: string, runs: number): string[] {
  const what = runs === 0 ? 'no run' : plural(runs, 'run');
  return [
    `${what}: weak evidence, for a share of ${runs === 1 ? 'one run' : 'so few'} says little and a model's own confusions look like wrong labels`,
    `more runs help: touchstone run ${suite} --model MODEL, or touchstone compare, and --prompt FILE to count its answers here`,
  ];
}

function noiseLines(noise: readonly FieldNoise[], screen: DoubtScreen): string[] {
  const { chalk } = screen;
  const lines = noise.flatMap(({ field, member, noise: share, labels, confusions }) => {
    const name = member === null ? field : `${field}: ${member}`;
    const systematic = confusions.filter(({ isSystematic }) => isSystematic).slice(0, MOST_CONFUSIONS);
    return [
      wrapped(`${name}  ${(share * 100).toFixed(1)}% of ${plural(labels, 'label')}`, '  ', screen),
      ...systematic.map((confusion) => wrapped(confusionText(confusion, member), '    ', screen)),
    ];
  });
  const caution =
    "an estimate by confident learning from the runs alone; what models confuse for good reasons counts as noise too, so the labels' own is lower";
  return [
    chalk.bold('Labels that the runs take for wrong'),
    ...lines,
    chalk.dim(wrapped(caution, '  ', screen)),
  ];
}

function confusionText({ label, runsSay, cases, of }: Confusion, member: string | null): string {
  const what =
    member === null
      ? `runs say ${runsSay} for ${cases} of ${of} labelled ${label}`
      : `runs have ${member} ${runsSay === 'with it' ? 'in' : 'missing from'} ${cases} of ${of} labels ${label}`;
  return `${what}: rather their confusion, or a rule read otherwise`;
}

function caseLines(doubted: readonly DoubtedCase[], screen: DoubtScreen): string[] {
  const rows = doubted.flatMap((each, place) => each.doubts.map((doubt, at) => ({ each, doubt, place, at })));
  const cells = rows.map(({ each, doubt, place, at }) => [
    at === 0 ? `${String(place + 1).padStart(3)}  ${caseId(each.id, each.window)}` : '',
    doubt.field,
    doubt.label,
    runsSay(doubt),
    votesSay(doubt),
  ]);
  const head = ['     case', 'field', 'label', 'runs say', 'votes'];
  const whole = plainTable(head, cells);
  const fits = whole.every((line) => line.length <= Math.max(screen.columns, 40));
  const table = fits
    ? whole
    : plainTable(
        head.slice(0, 3),
        cells.map((row) => row.slice(0, 3)),
      );
  const [heading = '', ...lines] = table;
  const body = rows.flatMap(({ each, doubt, at }, index) => {
    const why = screen.chalk.dim(wrapped(safeText(doubtWords(doubt)), '     ', screen));
    const isLast = at === each.doubts.length - 1;
    const text = isLast && screen.textOf !== null ? [indentedText(screen.textOf(each.id))] : [];
    return [safeText(lines[index] ?? ''), why, ...text];
  });
  return [screen.chalk.dim(heading), ...body];
}

function runsSay({ runs: { said }, member }: Doubt): string {
  const words = said.map(({ value, count }) => `${value} ${showCount(count)}`).join(', ');
  return said.length > 0 && member !== null ? `${member}: ${words}` : words;
}

function votesSay({ votes }: Doubt): string {
  const all = votes.for + votes.against;
  if (all === 0) return '';
  return `${votes.for}:${votes.against}${votes.unsure === 0 ? '' : `, ${votes.unsure} unsure`}`;
}

function indentedText(text: string): string {
  const lines = safeText(text).split('\n');
  return lines.map((line) => `       | ${line}`).join('\n');
}

function wrapped(text: string, indent: string, { columns }: DoubtScreen): string {
  const room = Math.max(20, Math.min(WIDEST, columns) - indent.length - 3);
  return `${indent}${wrapAnsi(text, room, { hard: true }).replaceAll('\n', `\n${indent}   `)}`;
}
