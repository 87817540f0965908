import { existsSync } from 'node:fs';
import path from 'node:path';
import { doubtWords } from '../doubt/doubt-words.ts';
import type { DoubtedCase } from '../doubt/rank-doubts.ts';
import { type SuiteDoubts, suiteDoubts } from '../doubt/suite-doubts.ts';
import { EXIT, InputError } from '../errors/errors.ts';
import { type ConversationsRead, readConversations } from '../goldens/load.ts';
import { labelBatchText } from '../labelling/label-batch.ts';
import { loadWork, type SuiteWork } from '../project/load-work.ts';
import { findProject, type Project } from '../project/project.ts';
import { modelIdFrom } from '../project/recorded-models.ts';
import { renderDoubts } from '../report/terminal/doubtful-labels.ts';
import { safeJson } from '../report/terminal/safe-text.ts';
import { shellWord } from '../report/terminal/shell-word.ts';
import { sqliteStore } from '../store/sqlite-store.ts';
import type { Terminal } from './terminal.ts';
import { writeBatch } from './write-batch.ts';

export interface DoubtOptions {
  model?: string[];
  prompt?: string[];
  runs?: string[];
  goldens?: string;
  n: number;
  out?: string;
  withText?: boolean;
  json?: boolean;
}

/**
 * `touchstone goldens doubt`: ranks the labels of each suite and writes the batches.
 *
 * @throws InputError where suites, prompts, goldens, run records or arguments are wrong
 */
export function goldensDoubtCommand(
  suite: string | undefined,
  options: DoubtOptions,
  terminal: Terminal,
): number {
  const project = findProject(terminal.cwd);
  const shown = (file: string) => path.relative(terminal.cwd, file) || '.';
  const all = loadAll(suite, options, project, terminal);
  const goldens = path.resolve(terminal.cwd, options.goldens ?? project.goldens);
  const conversations = readConversations(goldens, shown);
  const store = existsSync(project.store) ? sqliteStore(project.store) : null;
  let found: SuiteDoubts[];
  try {
    const models = (options.model ?? []).map((model) => modelIdFrom(model, project));
    const sources = { project, cwd: terminal.cwd, store, models, files: options.runs ?? [] };
    found = all.map((works) => suiteDoubts(works, goldens, conversations, sources, shown));
  } finally {
    store?.close();
  }
  for (const note of new Set(found.flatMap(({ notes }) => notes))) terminal.err(`${note}\n`);
  const written = found.map((each) => {
    const doubted = each.doubted.slice(0, options.n);
    return { each, doubted, batch: writeDoubts(each, doubted, options, project, terminal) };
  });
  if (options.json === true) terminal.out(jsonOf(written, shown));
  else
    for (const { each, doubted, batch } of written) {
      const { chalk, columns } = terminal;
      const textOf = options.withText === true ? (id: string) => textOfCase(conversations, id) : null;
      terminal.out(`${renderDoubts(each, doubted, { chalk, columns, textOf })}\n`);
      if (batch !== null) terminal.out(nextStep(each.suite, shown(batch), options));
    }
  return EXIT.held;
}

/** Each suite with its own prompt, then with those that were named. */
function loadAll(
  suite: string | undefined,
  { prompt: prompts = [], runs = [], out, goldens }: DoubtOptions,
  project: Project,
  { cwd }: Terminal,
): [SuiteWork, ...SuiteWork[]][] {
  const load = (names: string[], prompt?: string) =>
    loadWork(project, {
      ...{ suites: names, model: 'embedded', cwd },
      ...(goldens === undefined ? {} : { goldens }),
      ...(prompt === undefined ? {} : { prompt }),
    });
  const own = load(suite === undefined ? [] : [suite]);
  const [first] = own;
  if (own.length === 1 && first !== undefined) {
    const { name } = first.suite.suite;
    return [[first, ...prompts.flatMap((prompt) => load([name], prompt))]];
  }
  const forOne = { '--prompt': prompts.length > 0, '--runs': runs.length > 0, '--out': out !== undefined };
  const problems = Object.entries(forOne)
    .filter(([, isGiven]) => isGiven)
    .map(([file]) => {
      const mend = `Name the suite: touchstone goldens doubt SUITE ${file} FILE`;
      return { file, line: null, id: null, what: 'is for one suite', mend };
    });
  if (problems.length > 0) throw new InputError(problems);
  return own.map((work) => [work]);
}

/** Where the batch was written; null where no label is in doubt. */
function writeDoubts(
  { suite, labels }: SuiteDoubts,
  doubted: readonly DoubtedCase[],
  { out }: DoubtOptions,
  project: Project,
  { cwd }: Terminal,
): string | null {
  if (doubted.length === 0) return null;
  const file =
    out === undefined ? path.join(project.state, 'label', `doubt-${suite}.jsonl`) : path.resolve(cwd, out);
  const lines = doubted.map(({ id, window, doubts }) => {
    const why = doubts.map((doubt) => `${doubt.field}: ${doubtWords(doubt)}`).join('; ');
    return { labels, id, window, why };
  });
  writeBatch(file, labelBatchText(lines), path.relative(cwd, file));
  return file;
}

function jsonOf(
  written: readonly { each: SuiteDoubts; doubted: readonly DoubtedCase[]; batch: string | null }[],
  shown: (file: string) => string,
): string {
  const suites = written.map(({ each, doubted, batch }) => ({
    ...{ suite: each.suite, labels: each.labels, cases: each.cases },
    runs: each.runs.map(({ answers, ...run }) => ({ ...run, cases: answers.size })),
    ...{ notes: each.notes, noise: each.noise, doubtedCases: each.doubted.length },
    doubted: doubted.map((one) => ({
      ...one,
      doubts: one.doubts.map((doubt) => ({ ...doubt, why: doubtWords(doubt) })),
    })),
    batch: batch === null ? null : shown(batch),
  }));
  return `${safeJson({ touchstone: 'goldens-doubt', version: 1, suites }, 2)}\n`;
}

function textOfCase({ value }: ConversationsRead, id: string): string {
  const messages = value?.byId.get(id)?.messages ?? [];
  return messages.map(({ role, content }) => `${role}: ${content}`).join('\n');
}

function nextStep(suite: string, batch: string, { goldens }: DoubtOptions): string {
  const place = goldens === undefined ? '' : ` --goldens ${shellWord(goldens)}`;
  return `label them again, blind:\n  touchstone goldens label ${suite} --as NAME --batch ${shellWord(batch)}${place}\n\n`;
}
