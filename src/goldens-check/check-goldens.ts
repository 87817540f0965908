import { statSync } from 'node:fs';
import path from 'node:path';
import { LeakFinder, type Passage } from '../duplicates/find-leaks.ts';
import { InputError } from '../errors/errors.ts';
import type { Problem } from '../errors/problem.ts';
import type { Conversations } from '../goldens/conversations.ts';
import type { LoadedSuite } from '../suite/load.ts';
import { belowMinimums } from './below-minimums.ts';
import { checkLabels } from './check-labels.ts';
import { duplicateFinding, PairFinder } from './duplicate-pairs.ts';
import type { DuplicateFinding, Finding, LeakFinding, PersonalFinding, SecretFinding } from './finding.ts';
import { leakFindings } from './leak-findings.ts';
import { outlineOf } from './outline.ts';
import { personalFindings } from './personal-findings.ts';
import { readMinimums } from './read-minimums.ts';
import { SecretFinder, withoutSecrets } from './secrets.ts';
import { streamConversations } from './stream-conversations.ts';
import { type FieldTally, type Population, tallyPopulation } from './tally.ts';
import { textsOf } from './texts-of.ts';
import { thinCells } from './thin-cells.ts';

export interface CheckOptions {
  /** Folder of the goldens, absolute. */
  directory: string;
  suites: readonly LoadedSuite[];
  /** Pieces of the prompts, in which no golden may stand. */
  passages: readonly Passage[];
  /** Least similarity of near-duplicates, over 0 up to 1. */
  threshold: number;
  /** Whether findings quote conversations. */
  withText: boolean;
  /** How a path is shown to the user. */
  shown(file: string): string;
}

/** What a check found. */
export interface CheckedGoldens {
  /** Sound conversations. */
  conversations: number;
  population: Population;
  fields: FieldTally[];
  /** By section, in the order of the file. */
  findings: Finding[];
}

/**
 * Checks goldens in one pass over the conversations, of which only outlines, shingles and findings stay in memory.
 *
 * @throws InputError where there is no file of conversations
 */
export async function checkGoldens(options: CheckOptions): Promise<CheckedGoldens> {
  const { directory, passages, threshold, withText, shown } = options;
  const file = path.join(directory, 'conversations.jsonl');
  requireFile(file, shown(file));
  const problems: Problem[] = [];
  const lines = new Map<string, number>();
  const byId: Conversations['byId'] = new Map();
  const pairs = new PairFinder(threshold);
  const leaks = new LeakFinder(passages);
  const secrets = new SecretFinder();
  const leaked: LeakFinding[] = [];
  const personal: PersonalFinding[] = [];
  for await (const batch of streamConversations(file, shown(file), { problems, lines })) {
    for (const conversation of batch) {
      byId.set(conversation.id, outlineOf(conversation));
      pairs.add(conversation);
      leaked.push(...leakFindings(leaks, conversation, withText));
      personal.push(...personalFindings(conversation, withText));
      await secrets.add(conversation);
    }
  }
  await secrets.end();
  const conversations = { file: shown(file), byId, lines, sha256: '' };
  const ids = new Set(pairs.pairs.flatMap((pair) => pair.ids));
  const labels = checkLabels({ directory, suites: options.suites, conversations, compared: ids, shown });
  const population = tallyPopulation(byId.values());
  const minimums = readMinimums(directory, labels.fields, shown);
  problems.push(...labels.problems, ...minimums.problems);
  const duplicates = pairs.pairs.map((pair) => duplicateFinding(pair, labels.differences.between(pair.ids)));
  if (withText) {
    await quoteDuplicates(duplicates, file);
    hideBesideSecrets([...leaked, ...personal], secrets.findings);
  }
  const findings: Finding[] = [
    ...problems.map((problem) => ({ section: 'schema', severity: 'error', ...problem }) as const),
    ...duplicates,
    ...leaked,
    ...(minimums.value === null ? [] : belowMinimums(minimums.value, labels.fields, population)),
    ...thinCells(labels.fields),
    ...personal,
    ...secrets.findings,
  ];
  return { conversations: byId.size, population, fields: labels.fields, findings };
}

/** Reads the texts of the pairs and puts them in, their secrets apart. */
async function quoteDuplicates(duplicates: readonly DuplicateFinding[], file: string): Promise<void> {
  const texts = await textsOf(file, new Set(duplicates.flatMap(({ ids }) => ids)));
  for (const [id, text] of texts) texts.set(id, await withoutSecrets(text));
  for (const finding of duplicates) {
    const [first, second] = finding.ids;
    finding.texts = [texts.get(first) ?? '', texts.get(second) ?? ''];
  }
}

/** What is quoted of a message may be a part of the secret in it. */
function hideBesideSecrets(
  quoting: readonly (LeakFinding | PersonalFinding)[],
  secrets: readonly SecretFinding[],
): void {
  const messages = new Set(secrets.map(({ id, message }) => `${id} ${message}`));
  for (const finding of quoting) if (messages.has(`${finding.id} ${finding.message}`)) delete finding.text;
}

function requireFile(file: string, shownAs: string): void {
  if (statSync(file, { throwIfNoEntry: false })?.isFile() === true) return;
  const mend = 'Give the folder that holds conversations.jsonl: --goldens DIR';
  throw new InputError([{ file: shownAs, line: null, id: null, what: 'there is no such file', mend }]);
}
