import path from 'node:path';
import { EXIT, InputError } from '../errors/errors.ts';
import type { Problem } from '../errors/problem.ts';
import { tidyOpen } from '../labelling/cast-vote.ts';
import { editGoldenFiles, readGoldenFiles } from '../labelling/golden-files.ts';
import { LABEL_POLICY, labelPage } from '../labelling/label-page.ts';
import { type Labelling, loadLabelling } from '../labelling/load-labelling.ts';
import { adjudicationQueue, labellingQueue, otherSpelling, type QueuedCase } from '../labelling/queue.ts';
import { labellingRoutes } from '../labelling/routes.ts';
import { serve } from '../labelling/serve.ts';
import { type LabellingSession, startSession } from '../labelling/session.ts';
import { openWriteLock, type WriteLock } from '../labelling/write-lock.ts';
import { findProject } from '../project/project.ts';
import { safeText } from '../report/terminal/safe-text.ts';
import { shellWord } from '../report/terminal/shell-word.ts';
import { plural } from '../score/metric-text.ts';
import { loadSuites } from '../suite/load.ts';
import { openInBrowser } from './open-in-browser.ts';
import type { Terminal } from './terminal.ts';

export interface LabelOptions {
  /** The annotator's name. */
  as: string;
  batch?: string;
  /** Votes that must agree before a label is settled. */
  votes: number;
  adjudicate?: boolean;
  port: number;
  open?: boolean;
  goldens?: string;
}

/**
 * `touchstone goldens label`: serves the page until Ctrl-C or SIGTERM, then says what was saved.
 *
 * @throws InputError where the name, the batch or the goldens are wrong
 */
export async function labelCommand(
  suite: string | undefined,
  options: LabelOptions,
  terminal: Terminal,
): Promise<number> {
  const project = findProject(terminal.cwd);
  const shown = (file: string) => path.relative(terminal.cwd, file) || '.';
  const loaded = loadSuites(project.suites, suite === undefined ? [] : [suite], shown);
  const annotator = readName(options.as);
  const problems = [...loaded.problems, ...(annotator === null ? [badName()] : [])];
  if (problems.length > 0 || annotator === null) throw new InputError(problems);
  const goldens = path.resolve(terminal.cwd, options.goldens ?? project.goldens);
  const batch = options.batch === undefined ? null : path.resolve(terminal.cwd, options.batch);
  const labelling = loadLabelling(loaded.suites, goldens, batch, shown);
  const lock = openWriteLock(path.join(project.state, 'labelling.sqlite'));
  try {
    const queue = makeQueue(labelling, annotator, options, lock);
    if (queue.length === 0) {
      terminal.out(nothingToDo(options));
      return EXIT.held;
    }
    const { adjudicate = false, votes: votesNeeded } = options;
    const { files, conversations } = labelling;
    const session = startSession({
      ...{ annotator, isAdjudicating: adjudicate, votesNeeded, files, conversations, queue, lock },
    });
    // Those that are broken have no say in what the codebook leaves out.
    const names = loadSuites(project.suites, [], shown).suites.map((each) => each.suite.name);
    await servePage(session, { annotator, labelling, suites: names, options }, terminal);
    terminal.out(summary(session, annotator, suite, options));
    return EXIT.held;
  } finally {
    lock.close();
  }
}

function makeQueue(
  { files, batch }: Labelling,
  annotator: string,
  { votes, adjudicate }: LabelOptions,
  lock: WriteLock,
): QueuedCase[] {
  for (const each of files.values()) editGoldenFiles(each, lock, (state) => tidyOpen(state, votes));
  const states = new Map([...files].map(([labels, each]) => [labels, readGoldenFiles(each)]));
  if (adjudicate === true) return adjudicationQueue(states, votes, batch);
  const known = otherSpelling(states, annotator);
  if (known !== null) throw new InputError([badSpelling(known)]);
  return labellingQueue(states, annotator, batch);
}

async function servePage(
  session: LabellingSession,
  {
    annotator,
    labelling,
    suites,
    options,
  }: { annotator: string; labelling: Labelling; suites: readonly string[]; options: LabelOptions },
  { out, err }: Terminal,
): Promise<void> {
  const { tasks, codebook } = labelling;
  const isAdjudicating = options.adjudicate === true;
  const routes = labellingRoutes(session, {
    page: labelPage(tasks, codebook, { isAdjudicating, suites }),
    view: { annotator, isAdjudicating, tasks },
    tell: ({ message }) => err(`${safeText(message)}\nNothing was saved; mend the file, then save again.\n`),
  });
  const stopped = Promise.withResolvers<void>();
  const stop = () => stopped.resolve();
  process.on('SIGINT', stop).on('SIGTERM', stop);
  try {
    const server = await serve(routes, {
      ...{ port: options.port, policy: LABEL_POLICY },
      tell: (error) => err(`${safeText(error instanceof Error ? error.message : String(error))}\n`),
    });
    const { done, total } = session.progress();
    const doing = isAdjudicating ? 'decides' : 'labels';
    const cases = plural(total, options.batch === undefined ? 'open case' : 'case');
    out(`${server.url}\n${annotator} ${doing} ${cases}, ${done} done; Ctrl-C ends it\n`);
    if (options.open === true) openInBrowser(server.url);
    await stopped.promise;
    await server.close();
  } finally {
    process.off('SIGINT', stop).off('SIGTERM', stop);
  }
}

/** A name as votes bear it; null where it is none. */
function readName(text: string): string | null {
  const name = text.normalize('NFC').trim();
  return /^[\p{L}\p{M}\p{N} ]{1,40}$/u.test(name) ? name : null;
}

function badName(): Problem {
  const mend = 'Give letters, digits and spaces, 40 at most: --as "ana b"';
  return { file: '--as', line: null, id: null, what: 'is no name for an annotator', mend };
}

function badSpelling(known: string): Problem {
  const what = `is an annotator's name written otherwise: there are votes by ${JSON.stringify(known)}`;
  const mend = 'Write it so, or use a name of your own: nobody may vote twice';
  return { file: '--as', line: null, id: null, what, mend };
}

function nothingToDo({ adjudicate, votes }: LabelOptions): string {
  return adjudicate === true
    ? `nothing to adjudicate: no case has ${plural(votes, 'vote')} that differ\n`
    : 'nothing to label: every case has its label; touchstone goldens add brings new conversations\n';
}

function summary(
  session: LabellingSession,
  annotator: string,
  suite: string | undefined,
  { adjudicate, goldens }: LabelOptions,
): string {
  const subject = suite === undefined ? '' : ` ${suite}`;
  const place = goldens === undefined ? '' : ` --goldens ${shellWord(goldens)}`;
  const { done, total } = session.progress();
  const what = adjudicate === true ? 'decision' : 'vote';
  const lines = [
    `${plural(session.saved(), what)} by ${annotator} saved; ${done} of ${plural(total, 'case')} done`,
    done < total
      ? 'the same command goes on from there'
      : adjudicate === true
        ? `run with the new labels: touchstone run${subject}${place}`
        : `where votes differ: touchstone goldens label${subject} --adjudicate --as NAME${place}`,
  ];
  return `\n${lines.join('\n')}\n`;
}
