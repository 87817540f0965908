import type { ChalkInstance } from 'chalk';
import wrapAnsi from 'wrap-ansi';
import { formatProblem } from '../../errors/problem.ts';
import type { CheckedGoldens } from '../../goldens-check/check-goldens.ts';
import type {
  DuplicateFinding,
  Finding,
  PersonalFinding,
  Section,
  Severity,
} from '../../goldens-check/finding.ts';
import { LEAST_CASES } from '../../goldens-check/thin-cells.ts';
import { plural } from '../../score/metric-text.ts';
import { safeText } from './safe-text.ts';
import { groupThinCells } from './thin-cell-lines.ts';
import { wordDifference } from './word-difference.ts';

export interface CheckScreen {
  chalk: ChalkInstance;
  columns: number;
  /** Whether every finding is listed, however many there are. */
  all: boolean;
}

/** Listed of each group before the rest is only counted. */
const SHORT_LIST = 10;
const WIDEST = 98;

const TITLES: Readonly<Record<Section, string>> = {
  schema: 'Schema',
  duplicates: 'Near-duplicates',
  leaks: 'Leaks into prompts',
  balance: 'Balance',
  thin: `Cells too thin to say anything (n < ${LEAST_CASES})`,
  personal: 'Personal data',
  secrets: 'Secrets',
};

/** Findings for a person to read, grouped by section. Names conversations by id; quotes them only where findings do. */
export function renderGoldensCheck(
  checked: CheckedGoldens,
  directory: string,
  { chalk, columns, all }: CheckScreen,
): string {
  const width = Math.min(columns, WIDEST);
  const style: Record<Severity, (text: string) => string> = {
    error: chalk.red,
    warning: chalk.yellow,
    note: chalk.dim,
  };
  const listed = (lines: readonly string[], indent: string) => {
    const shown = all ? lines : lines.slice(0, SHORT_LIST);
    const rest = lines.length - shown.length;
    return [...shown, ...(rest > 0 ? [`… ${rest.toLocaleString('en')} more (--all shows them)`] : [])].map(
      (line) => hang(indent, line, width),
    );
  };
  const lineOf = (finding: Finding) =>
    `${style[finding.severity](finding.severity.padEnd(7))}  ${textOf(finding)}`;
  const sections = (Object.keys(TITLES) as Section[]).map((section) => {
    const found = checked.findings.filter((finding) => finding.section === section);
    const head = `${chalk.bold(TITLES[section])}: ${found.length === 0 ? 'nothing found' : countsText(found)}`;
    const body = () => {
      if (section === 'thin') return listed(groupThinCells(found), '  ');
      if (section === 'balance')
        return [
          ...listed(found.map(lineOf), '  '),
          ...tallyLines(checked).map((line) => hang('  ', line, width)),
        ];
      if (section !== 'personal') return listed(found.map(lineOf), '  ');
      const kinds = Map.groupBy(found as PersonalFinding[], ({ kind }) => kind);
      return [...kinds].flatMap(([kind, ofKind]) => [
        `  ${kind}: ${countsText(ofKind)}`,
        ...listed(ofKind.map(lineOf), '    '),
      ]);
    };
    return [head, ...body()].join('\n');
  });
  const total = plural(checked.conversations, 'conversation');
  return `${[`${safeText(directory)}: ${total}`, ...sections].join('\n\n')}\n\n${countsText(checked.findings)}\n`;
}

/** `2 errors, 1 warning, 40 notes`, without those that there are none of. */
function countsText(findings: readonly { severity: Severity }[]): string {
  const severities: readonly Severity[] = ['error', 'warning', 'note'];
  const counts = severities.flatMap((severity) => {
    const count = findings.filter((finding) => finding.severity === severity).length;
    return count === 0 ? [] : [plural(count, severity)];
  });
  return counts.length === 0 ? 'Nothing found' : counts.join(', ');
}

function textOf(finding: Finding): string {
  switch (finding.section) {
    case 'schema':
      return safeText(formatProblem(finding));
    case 'duplicates':
      return duplicateText(finding);
    case 'leaks': {
      const { where, id, message, contained, text } = finding;
      const quoted = text === undefined ? '' : `\n${safeText(text)}`;
      return `${safeText(where)} repeats ${id} messages[${message}] (${percent(contained)})${quoted}`;
    }
    case 'balance':
      return `${finding.of}: ${finding.count} of at least ${finding.minimum} (${safeText(finding.file)}:${finding.line})`;
    case 'thin':
      return `${finding.of.kind} ${finding.of.name}: ${finding.count} (${finding.field})`;
    case 'personal':
      return `${finding.id} messages[${finding.message}]: ${safeText(finding.text ?? finding.masked)}`;
    case 'secrets':
      return `${finding.id} messages[${finding.message}]: ${finding.kind}`;
  }
}

function duplicateText({ kind, ids, sameFamily, similarity, differ, texts }: DuplicateFinding): string {
  const what = kind === 'identical' ? 'identical' : `${percent(similarity)} alike`;
  const family = sameFamily ? ', one family' : '';
  const labels = differ.length === 0 ? '' : `; labels differ: ${differ.join(', ')}`;
  const difference =
    texts === undefined ? [] : kind === 'identical' ? [texts[0]] : wordDifference(texts[0], texts[1]);
  return [`${ids[0]} ${ids[1]}: ${what}${family}${labels}`, ...difference.map(safeText)].join('\n');
}

/** How many there are of each class, language, length and tag, a line a kind. */
function tallyLines({ fields, population }: CheckedGoldens): string[] {
  const line = (name: string, counts: Readonly<Record<string, number>>) => {
    const parts = Object.entries(counts).map(([each, count]) => `${each} ${count.toLocaleString('en')}`);
    return `${name}: ${parts.join(', ') || 'none'}`;
  };
  const byCount = (counts: Readonly<Record<string, number>>) =>
    Object.fromEntries(Object.entries(counts).sort(([, a], [, b]) => b - a));
  return [
    ...fields.map(({ labels, field, classes }) => line(`${labels}.${field}`, classes)),
    line('lang', byCount(population.lang)),
    line('user messages', population.length),
    line('tag', byCount(population.tag)),
  ];
}

/** Rounded down, so that 100% says that nothing is missing. */
function percent(share: number): string {
  return `${Math.floor(share * 100)}%`;
}

function hang(indent: string, text: string, width: number): string {
  const [first = '', ...rest] = wrapAnsi(text, Math.max(20, width - indent.length - 3), { hard: true }).split(
    '\n',
  );
  return [`${indent}${first}`, ...rest.map((line) => `${indent}   ${line}`)].join('\n');
}
