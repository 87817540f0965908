import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { PartKind } from '../ablate/part-tree.ts';
import { type PromptPart, promptParts } from '../ablate/prompt-parts.ts';
import { type Variant, variantsOf } from '../ablate/variants.ts';
import { InputError } from '../errors/errors.ts';
import { answerFields } from '../model/embedded/answer-fields.ts';
import { LabelNames } from '../model/embedded/label-names.ts';
import type { SuiteWork } from '../project/load-work.ts';
import { mendChoice, nearest, quote } from '../schema/check.ts';
import { readText } from '../suite/source-text.ts';
import { answerSchema } from '../task/answer-schema.ts';

/** A suite with the parts of its prompt that are taken out in turn. */
export interface ChosenParts {
  work: SuiteWork;
  /** Their lines are those of the prompt's file. */
  parts: PromptPart[];
}

export interface AblationPlan extends ChosenParts {
  /** The prompt as it is first, then one a part. */
  variants: Variant[];
}

export interface PartsChoice {
  /** Kinds in the plural, separated by commas; every kind where absent. */
  parts?: string;
  /** Names of parts; all where absent. */
  part?: readonly string[];
}

const KINDS: Readonly<Record<string, PartKind>> = {
  labels: 'label',
  rules: 'rule',
  examples: 'example',
  sections: 'section',
  paragraphs: 'paragraph',
};

/**
 * Finds the parts of each suite's prompt. Suites of whose prompt no part was chosen are left out.
 *
 * @throws InputError for a kind or a part that is not known, and where nothing is left to take out
 */
export function chooseParts(work: readonly SuiteWork[], choice: PartsChoice, cwd: string): ChosenParts[] {
  const kinds = readKinds(choice.parts);
  const all = work.map((each) => ({ work: each, parts: partsOf(each, cwd) }));
  const wanted = new Set(choice.part?.map((name) => name.trim().toLowerCase()));
  refuseUnknown(
    choice.part ?? [],
    all.flatMap(({ parts }) => parts.map(({ name }) => name)),
  );
  const chosen = all.map(({ work: each, parts }) => ({
    work: each,
    parts: parts.filter(({ kind, name }) => {
      return kinds.has(kind) && (wanted.size === 0 || wanted.has(name.toLowerCase()));
    }),
  }));
  const found = chosen.filter(({ parts }) => parts.length > 0);
  if (found.length === 0) refuseNothing(work, choice);
  return found;
}

/** Makes every question of every variant: a hash for each, which takes time where parts and cases are many. */
export function planAblation({ work, parts }: ChosenParts): AblationPlan {
  return { work, parts, variants: variantsOf(work.cases, work.prompt.system, parts) };
}

function readKinds(text: string | undefined): ReadonlySet<PartKind> {
  const words = text?.split(',').map((word) => word.trim()) ?? Object.keys(KINDS);
  const unknown = words.filter((word) => !Object.hasOwn(KINDS, word));
  if (unknown.length > 0) {
    throw new InputError(
      unknown.map((word) => {
        const what = `no kind of part is called ${quote(word)}`;
        return { file: '--parts', line: null, id: null, what, mend: mendChoice(word, Object.keys(KINDS)) };
      }),
    );
  }
  return new Set(words.flatMap((word) => KINDS[word] ?? []));
}

function partsOf({ suite, prompt }: SuiteWork, cwd: string): PromptPart[] {
  const names = new LabelNames(answerFields(answerSchema(suite.task)));
  const above = linesAbove(path.resolve(cwd, prompt.path), prompt.system);
  return promptParts(prompt.system, names).map((part) => ({
    ...part,
    lines: { first: part.lines.first + above, last: part.lines.last + above },
  }));
}

/** Lines of a prompt's file before its system text. */
function linesAbove(file: string, system: string): number {
  const text = readText(readFileSync(file), file).value?.text ?? '';
  return text.slice(0, Math.max(0, text.lastIndexOf(system))).split('\n').length - 1;
}

function refuseUnknown(given: readonly string[], known: readonly string[]): void {
  const lower = new Set(known.map((name) => name.toLowerCase()));
  const unknown = given.filter((name) => !lower.has(name.trim().toLowerCase()));
  if (unknown.length === 0) return;
  throw new InputError(
    unknown.map((name) => {
      const meant =
        nearest(name, known) ?? known.find((each) => each.toLowerCase().includes(name.toLowerCase()));
      const question = meant === undefined ? '' : `Did you mean ${quote(meant)}? `;
      const mend = `${question}touchstone ablate --list names all of them`;
      return { file: '--part', line: null, id: null, what: `no part is called ${quote(name)}`, mend };
    }),
  );
}

function refuseNothing(work: readonly SuiteWork[], { parts, part }: PartsChoice): never {
  const isNarrowed = parts !== undefined || part !== undefined;
  throw new InputError(
    work.map(({ prompt }) => ({
      file: prompt.path,
      line: null,
      id: null,
      what: isNarrowed ? 'the prompt has no such part' : 'the prompt has no part that could be taken out',
      mend: isNarrowed ? 'Leave --parts out' : 'Divide it into sections, paragraphs or list items',
    })),
  );
}
