import path from 'node:path';
import type { Problem } from '../errors/problem.ts';
import { fits, type ValuePath, type Violation, violationsOf } from '../schema/check.ts';
import { Field } from '../schema/field.ts';
import { Rule, Suite } from '../schema/suite.ts';
import { fieldViolations } from './field-rules.ts';
import type { LoadedSuite } from './load.ts';
import { metricViolations, type RuleContext, ruleViolations } from './rule-checks.ts';
import { readText } from './source-text.ts';
import { readYaml } from './yaml.ts';

/**
 * Reads a suite from the bytes of `suites/<name>.yaml`. With problems in its rules alone the suite still comes,
 * without them, so that its prompt and goldens can be checked as well; otherwise it is null.
 *
 * @param file as shown to the user; its name must be the suite's
 */
export function readSuite(
  bytes: Uint8Array,
  file: string,
): { suite: LoadedSuite | null; problems: Problem[] } {
  const { value: source, problems: unreadable } = readText(bytes, file);
  if (source === null) return { suite: null, problems: unreadable };
  const { value: yaml, problems: broken } = readYaml(source.text, file);
  if (yaml === null) return { suite: null, problems: broken };
  const { value } = yaml;
  if (value === null) {
    const mend = 'Write name, prompt, fields, headline and rules';
    return {
      suite: null,
      problems: [...broken, { file, line: null, id: null, what: 'the suite is empty', mend }],
    };
  }
  const violations = [...violationsOf(Suite, value), ...misnamed(value, file), ...beyondSchema(value)];
  const problems = [
    ...broken,
    ...violations.map((each) => problemOf(each, value, file, yaml.line(each.path))),
  ];
  const sound = broken.length > 0 ? null : soundPart(value, violations);
  if (sound === null) return { suite: null, problems };
  const suite: LoadedSuite = {
    path: file,
    sha256: source.sha256,
    suite: sound,
    task: { name: sound.name, fields: sound.fields, windows: sound.windows ?? null },
    labels: sound.labels ?? sound.name,
    onUndecided: sound.on_undecided ?? 'warn',
    line: (ruleIndex) => yaml.line(['rules', ruleIndex]),
  };
  return { suite, problems };
}

/**
 * The suite, or as much of it as its prompt and goldens can be checked by though its rules be faulty. Null
 * where what it asks is not clear.
 */
function soundPart(value: unknown, violations: readonly Violation[]): Suite | null {
  if (violations.length === 0) return fits(Suite, value) ? value : null;
  if (!violations.every(({ path: [part] }) => part !== undefined && JUDGING_PARTS.includes(part)))
    return null;
  const asking = Object.fromEntries(
    Object.entries(Object(value)).filter(([part]) => !JUDGING_PARTS.includes(part)),
  );
  const bare = { ...asking, headline: 'none.none', rules: [] };
  return fits(Suite, bare) ? bare : null;
}

/** Parts of a suite that say what must hold, not what is asked. */
const JUDGING_PARTS: readonly ValuePath[number][] = ['rules', 'headline', 'on_undecided', 'description'];

/** The problem's id is the field or the rule, where the fault lies in one. */
function problemOf(
  { path: where, what, mend }: Violation,
  suite: unknown,
  file: string,
  line: number,
): Problem {
  const [part, key] = where;
  const rule: unknown = part === 'rules' && typeof key === 'number' ? at(at(suite, 'rules'), key) : undefined;
  const kind = at(rule, 'rule');
  const id = part === 'fields' && typeof key === 'string' ? key : typeof kind === 'string' ? kind : null;
  return { file, line, id, what, mend };
}

function misnamed(suite: unknown, file: string): Violation[] {
  const name = at(suite, 'name');
  const expected = path.basename(file, '.yaml');
  if (typeof name !== 'string' || name === expected) return [];
  const what = `the suite in ${path.basename(file)} is called ${JSON.stringify(name)}`;
  return [{ path: ['name'], what, mend: `Call it "${expected}", or rename the file` }];
}

/** Checks every part that is sound by itself, though others be faulty, so that all is said at once. */
function beyondSchema(suite: unknown): Violation[] {
  const isWhole = fits(Suite, suite);
  const isField = (field: unknown): field is Field => isWhole || fits(Field, field);
  const isRule = (rule: unknown): rule is Rule => isWhole || fits(Rule, rule);
  const fields = new Map<string, Field>();
  const given = Object.entries(Object(at(suite, 'fields')));
  for (const [name, field] of given) if (isField(field)) fields.set(name, field);
  const context: RuleContext = {
    fieldNames: given.map(([name]) => name),
    fields,
    windowNames: Object.keys(Object(at(suite, 'windows'))),
  };
  const rules = at(suite, 'rules');
  const headline = at(suite, 'headline');
  return [
    ...fieldViolations(context.fieldNames, fields),
    ...(typeof headline === 'string' && headline.includes('.')
      ? metricViolations(['headline'], headline, context)
      : []),
    ...(Array.isArray(rules) ? rules : []).flatMap((rule: unknown, index) =>
      isRule(rule) ? ruleViolations(rule, index, context) : [],
    ),
  ];
}

/** A property of something that may be no object. */
function at(value: unknown, key: string | number): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? Reflect.get(value, key)
    : undefined;
}
