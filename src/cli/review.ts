import { execFileSync } from 'node:child_process';
import { userInfo } from 'node:os';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { EXIT, IncompleteRunError } from '../errors/errors.ts';
import { caseId } from '../plan/case.ts';
import { findProject, type Project } from '../project/project.ts';
import { modelIdFrom } from '../project/recorded-models.ts';
import { safeText } from '../report/terminal/safe-text.ts';
import { appendDoubtful } from '../review/doubtful-labels.ts';
import { type LineReader, lineReader } from '../review/line-reader.ts';
import { loadReviews, type SuiteReview } from '../review/load-reviews.ts';
import { type PlannedWrites, planWrites } from '../review/plan-writes.ts';
import { renderItem } from '../review/render-item.ts';
import { answerReview, QUESTION, type ReviewSession, startReview } from '../review/review-session.ts';
import { type FileChange, textOf, writeTogether } from '../review/write-together.ts';
import { plural } from '../score/metric-text.ts';
import type { Terminal } from './terminal.ts';

export interface ReviewOptions {
  /** Whose last run and baseline. */
  model: string;
  goldens?: string;
}

/**
 * `touchstone review`: the flips of the last run, one case at a time. What was decided is written at the end, after it
 * was shown and a yes; an end of the input or Ctrl-C before that writes nothing.
 *
 * @param input where the answers come from: a terminal, or a pipe with a line an answer
 * @throws InputError where there is no run or no baseline to review
 * @throws IncompleteRunError where the input ended before the review did
 */
export async function reviewCommand(
  names: string[],
  options: ReviewOptions,
  terminal: Terminal,
  input: Readable & { isTTY?: boolean } = process.stdin,
): Promise<number> {
  const project = findProject(terminal.cwd);
  const goldens = path.resolve(terminal.cwd, options.goldens ?? project.goldens);
  const model = modelIdFrom(options.model, project);
  const reviews = loadReviews(names, { model, goldens }, { project, cwd: terminal.cwd });
  const read = reviews.map((review) => ({ review, file: path.resolve(terminal.cwd, review.baseline.path) }));
  const before = new Map(read.map(({ review, file }) => [review, { file, text: textOf(file) }]));
  const count = reviews.reduce((sum, { items }) => sum + items.length, 0);
  if (count === 0) {
    const suites = reviews.map(({ suite }) => suite.name).join(', ');
    terminal.out(`nothing to review: no case of ${suites} changed sides since the baseline\n`);
    return EXIT.held;
  }
  const reader = lineReader(input, terminal.out);
  try {
    const session = await decide(reviews, reader, terminal);
    const signed = { by: reviewer(project), at: new Date().toISOString() };
    const planned = planWrites(reviews, session.decisions, signed);
    const changes = describeWrites(planned, path.join(goldens, 'doubtful.jsonl'), before, terminal);
    if (changes.length === 0) {
      terminal.out('nothing to write\n');
      return EXIT.held;
    }
    const answer = await ask(reader, 'write this (y/N)? ');
    if (!/^y(es)?$/i.test(answer.trim())) {
      terminal.out('nothing was written\n');
      return EXIT.held;
    }
    writeTogether(changes, (file) => path.relative(terminal.cwd, file));
    for (const { file } of changes) terminal.out(`written: ${path.relative(terminal.cwd, file)}\n`);
    return EXIT.held;
  } finally {
    reader.close();
  }
}

async function decide(
  reviews: readonly SuiteReview[],
  reader: LineReader,
  terminal: Terminal,
): Promise<ReviewSession> {
  const cases = reviews.flatMap((review) => review.items.map((item) => ({ review, item })));
  let session = startReview(cases.length);
  while (!session.isOver) {
    const { position } = session;
    const current = cases[position];
    if (current === undefined) throw new Error(`no case at ${position}`);
    const { suite, goldens } = current.review;
    const { record } = current.item;
    const conversation = goldens.conversations.get(record.conversation);
    if (conversation === undefined) throw new Error(`no conversation ${record.conversation}`);
    const golden = goldens.labels.find(({ id, window }) => caseId(id, window) === record.id) ?? null;
    const place = `${position + 1} of ${cases.length}`;
    const decision = session.decisions[position] ?? null;
    const context = { suite, conversation, golden, place, decision };
    terminal.out(`${renderItem(current.item, context, terminal.chalk)}\n`);
    session = await nextSession(session, reader, terminal);
  }
  return session;
}

async function nextSession(
  session: ReviewSession,
  reader: LineReader,
  terminal: Terminal,
): Promise<ReviewSession> {
  for (;;) {
    const next = answerReview(session, await ask(reader, QUESTION));
    if (next !== null) return next;
    terminal.out('please type one of a, d, s, b, q\n');
  }
}

async function ask(reader: LineReader, question: string): Promise<string> {
  const answer = await reader.ask(question);
  if (answer === null) throw new IncompleteRunError('The review was stopped.', 'Nothing was written.');
  return answer;
}

/** Says what will be written, and gives the files that change. */
function describeWrites(
  { baselines, doubtful }: PlannedWrites,
  doubtfulFile: string,
  before: ReadonlyMap<SuiteReview, { file: string; text: string }>,
  { cwd, chalk, out }: Terminal,
): FileChange[] {
  const known = textOf(doubtfulFile);
  const { text, added } = appendDoubtful(known, doubtful);
  const changes = baselines.flatMap(({ review, text: after, says }) => {
    const { file, text: current } = before.get(review) ?? { file: '', text: after };
    if (current !== after) out(`${chalk.bold(review.baseline.path)}: ${says}\n`);
    return current === after ? [] : [{ file, before: current, after }];
  });
  if (doubtful.length > added.length)
    out(`${plural(doubtful.length - added.length, 'label')} marked doubtful already\n`);
  if (added.length === 0) return changes;
  out(`${chalk.bold(path.relative(cwd, doubtfulFile))}: ${plural(added.length, 'label')} marked doubtful\n`);
  for (const { id, window, field, expected, given } of added) {
    out(safeText(`  ${caseId(id, window)} ${field}: expected ${expected}, given ${given}\n`));
  }
  return [...changes, { file: doubtfulFile, before: known, after: text }];
}

/** Who doubts a label: the name that git signs commits with, or that of the user's account. */
function reviewer({ root }: Project): string {
  try {
    const stdio: ['ignore', 'pipe', 'ignore'] = ['ignore', 'pipe', 'ignore'];
    const name = execFileSync('git', ['config', 'user.name'], { cwd: root, encoding: 'utf8', stdio }).trim();
    if (name !== '') return name;
  } catch {
    // No git, or no name.
  }
  return userInfo().username;
}
