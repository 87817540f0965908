import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InputError } from '../errors/errors.ts';
import { readSuite } from './read-suite.ts';

const SOUND = `name: mood
prompt: prompts/mood.md
windows:
  opening: { take: first, messages: 3 }
fields:
  feeling:
    kind: nominal
    labels: [glad, sad, other]
  strong: { kind: binary }
  cause:
    kind: nominal
    labels: [work, love]
    only_where: strong
  level:
    kind: ordinal
    levels: { low: -1, high: 1 }
  topics:
    kind: set
    labels: [glad, sad]
    contains: feeling
  bright:
    kind: binary
    from: feeling
    true_for: [glad]
headline: feeling.accuracy
rules:
  - { rule: floor, metric: feeling.macro_f1, min: 0.8 }
  - { rule: no_worse_than_baseline, metric: level.mae, margin: 0.03, alpha: 0.05 }
  - rule: must_pass
    field: bright
    where: { window: opening }
  - { rule: budget, max_invalid: 0.02 }
`;

/** A change to the sound suite (⏎ is a line's end, ⇥ a tab), and below it what is then said of the file. */
const SAID = `
name: mood ⇒ name: mode
:1: the suite in mood.yaml is called "mode". Call it "mood", or rename the file.
prompt: prompts/mood.md⏎ ⇒ 
:1: missing property "prompt". Add "prompt".
prompt:  ⇒ promt: 
:2: unknown property "promt". Did you mean "prompt"? Use one of name, description, prompt, labels, fields, windows, headline, rules, on_undecided.
kind: nominal⏎    labels: [glad ⇒ kind: nominl⏎    labels: [glad
:7 (feeling): unknown kind "nominl" in fields.feeling. Did you mean "nominal"? Use one of nominal, binary, ordinal, set.
  strong: { kind: binary } ⇒   strong: { kind: binary }⏎  Mood: { kind: binary }
:10 (Mood): "Mood" cannot be a name in fields. Use small letters, digits and _, a letter first, 64 at most.
  strong: { kind: binary } ⇒   strong: { kind: binary }⏎  note: { kind: binary }
:10 (note): a field cannot be called "note": label lines use the name themselves. Use another name.
only_where: strong ⇒ only_where: stron
:13 (cause): unknown field "stron" in fields.cause.only_where. Did you mean "strong"? Use strong.
only_where: strong ⇒ only_where: bright
:13 (cause): fields.cause.only_where is "bright", which is not a binary field without from. Use strong.
contains: feeling ⇒ contains: level
:20 (topics): fields.topics.contains is "level", which is not a nominal field. Use one of feeling, cause.
from: feeling ⇒ from: feling
:23 (bright): unknown field "feling" in fields.bright.from. Did you mean "feeling"? Use one of feeling, cause.
    true_for: [glad]⏎ ⇒ 
:21 (bright): "from" without "true_for" in fields.bright. Add "true_for" as well.
true_for: [glad] ⇒ true_for: [glat]
:24 (bright): unknown label "glat" in fields.bright.true_for. Did you mean "glad"? Use one of glad, sad, other.
low: -1 ⇒ low: 2
:16 (level): fields.level.levels.high is 1, no more than the level before it. List the levels from lowest to highest.
low: -1 ⇒ low: .nan
:16 (level): fields.level.levels.low is NaN, not a number. Write a number.
headline: feeling.accuracy ⇒ headline: feling.accuracy
:25: unknown field in "feling.accuracy". Did you mean "feeling"? Use one of feeling, strong, cause, level, topics, bright.
headline: feeling.accuracy ⇒ headline: constructor.accuracy
:25: unknown field in "constructor.accuracy". Use one of feeling, strong, cause, level, topics, bright.
headline: feeling.accuracy ⇒ headline: feeling.acuracy
:25: feeling, a nominal field, has no metric "acuracy". Did you mean "accuracy"? Use one of accuracy, macro_f1, weighted_f1, balanced_accuracy, kappa, mcc, precision.<label>, recall.<label>, f1.<label>.
headline: feeling.accuracy ⇒ headline: feeling.mae
:25: feeling, a nominal field, has no metric "mae". Use one of accuracy, macro_f1, weighted_f1, balanced_accuracy, kappa, mcc, precision.<label>, recall.<label>, f1.<label>.
headline: feeling.accuracy ⇒ headline: feeling
:25: headline is "feeling". Use the form field.metric or field.metric.label, such as primary.f1.coaching.
feeling.macro_f1 ⇒ feeling.f1
:27 (floor): "feeling.f1" names no label. Add one of glad, sad, other after a dot.
feeling.macro_f1 ⇒ feeling.f1.bad
:27 (floor): unknown label in "feeling.f1.bad". Did you mean "sad"? Use one of glad, sad, other.
feeling.macro_f1 ⇒ strong.f1.yes
:27 (floor): unknown label in "strong.f1.yes". Use one of false, true.
feeling.macro_f1 ⇒ level.mae
:27 (floor): a floor under level.mae, of which less is better. Choose a metric of which more is better.
min: 0.8 ⇒ min: 80
:27 (floor): the floor 80 is out of reach, feeling.macro_f1 being 1 at most. Write a share, such as 0.8.
level.mae, margin: 0.03 ⇒ level.qwk, margin: 3
:28 (no_worse_than_baseline): the margin 3 forgives every loss of level.qwk. Write a share, such as 0.03.
alpha: 0.05 ⇒ alpha: 5
:28 (no_worse_than_baseline): rules[1].alpha is 5. Write a number < 0.5.
rule: floor ⇒ rule: flor
:27 (flor): unknown rule "flor" in rules[0]. Did you mean "floor"? Use one of floor, no_worse_than_baseline, must_pass, budget.
, min: 0.8 ⇒ 
:27 (floor): missing property "min" in rules[0]. Add "min".
field: bright ⇒ field: brigt
:30 (must_pass): unknown field "brigt". Did you mean "bright"? Use one of feeling, strong, cause, level, topics, bright.
window: opening ⇒ window: closing
:31 (must_pass): unknown window "closing". Use opening.
, max_invalid: 0.02 ⇒ 
:32 (budget): rules[3] has none of max_invalid, max_usd, max_seconds. Add at least one of them.
name: mood ⇒ name: mood⏎name: mood
:2: a key is given twice: "name". Remove one of the two.
  strong: ⇒ ⇥strong:
:9: the line is indented with a tab. Indent with spaces.
[glad, sad, other] ⇒ *nowhere
: not valid YAML: Unresolved alias (the anchor must be set before the alias): nowhere. Correct the YAML.
name: mood ⇒ on_undecided: blok⏎name: mood
:1: unknown on_undecided "blok". Did you mean "block"? Use one of block, warn.
`;

function read(text: string, file = 'suites/mood.yaml') {
  return readSuite(new TextEncoder().encode(text), file);
}

/** The sound suite with one change, and what is said of it. */
function saidOf(from: string, to: string): string {
  if (!SOUND.includes(from)) throw new Error(`the sound suite has no ${from}`);
  return new InputError(read(SOUND.replace(from, to)).problems).message;
}

describe('a sound suite', () => {
  it('gives its task, its labels file and its default for undecided rules', () => {
    const { suite, problems } = read(SOUND);
    expect(problems).toEqual([]);
    expect(suite).toMatchObject({ path: 'suites/mood.yaml', labels: 'mood', onUndecided: 'warn' });
    expect(suite?.task).toMatchObject({ name: 'mood', windows: { opening: { take: 'first', messages: 3 } } });
    expect(Object.keys(suite?.task.fields ?? {})).toEqual([
      'feeling',
      'strong',
      'cause',
      'level',
      'topics',
      'bright',
    ]);
  });

  it('knows on which line each rule begins', () => {
    const { suite } = read(SOUND);
    expect([0, 1, 2, 3].map((index) => suite?.line(index))).toEqual([27, 28, 29, 32]);
  });

  it('has the same hash with CR LF and a byte order mark', () => {
    expect(read(`\ufeff${SOUND.replaceAll('\n', '\r\n')}`).suite?.sha256).toBe(read(SOUND).suite?.sha256);
  });

  it('may use anchors', () => {
    const anchored = SOUND.replace('labels: [glad, sad]', 'labels: &mood [glad, sad]').replace(
      '[glad]',
      '*mood',
    );
    expect(read(anchored).problems).toEqual([]);
  });

  it.each(['affective', 'pushback', 'sentiment'])('%s is one', (name) => {
    expect(readSuite(readFileSync(`suites/${name}.yaml`), `suites/${name}.yaml`).problems).toEqual([]);
  });
});

describe('what is said of a faulty suite', () => {
  it.each([...SAID.matchAll(/^(.+) ⇒ (.*)\n(.+)$/gm)].map(([, ...row]) => row))(
    '%s as %s',
    (from = '', to = '', said = '') => {
      const written = (text: string) => text.replaceAll('⏎', '\n').replaceAll('⇥', '\t');
      expect(saidOf(written(from), written(to)).split('\n')).toContain(`suites/mood.yaml${said}`);
    },
  );

  it('a mistake is said once, not also for the other kinds of field or rule', () => {
    for (const [from, to] of [
      ['rule: floor', 'rule: flor'],
      ['prompt: ', 'promt: '],
      [', min: 0.8', ''],
    ] as const)
      expect(saidOf(from, to).split('\n')).toHaveLength(1);
  });

  it('an empty file is called empty', () => {
    expect(new InputError(read('').problems).message).toBe(
      'suites/mood.yaml: the suite is empty. Write name, prompt, fields, headline and rules.',
    );
  });

  it('bytes that are not UTF-8 are named by their line', () => {
    const bytes = new Uint8Array([...new TextEncoder().encode('name: mood\nprompt: '), 0xff, 0x0a]);
    expect(new InputError(readSuite(bytes, 'suites/mood.yaml').problems).message).toBe(
      'suites/mood.yaml:2: the line is not UTF-8. Save the file as UTF-8.',
    );
  });

  it('characters that steer a terminal are shown, not sent', () => {
    expect(saidOf('kind: binary }', 'kind: "\\e[2J\\u202e" }')).toContain(
      'unknown kind "\\u001b[2J\\u{202e}"',
    );
  });

  it('ten mistakes in one file are all said, in the order of their lines', () => {
    const faulty = SOUND.replace('name: mood', 'name: mode')
      .replace('prompt: ', 'promt: ')
      .replace('only_where: strong', 'only_where: stron')
      .replace('low: -1', 'low: 2')
      .replace('contains: feeling', 'contains: level')
      .replace('true_for: [glad]', 'true_for: [glat]')
      .replace('headline: feeling.accuracy', 'headline: feeling.acuracy')
      .replace('min: 0.8', 'min: "0.8"')
      .replace('alpha: 0.05', 'alpha: 5')
      .replace('max_invalid: 0.02', 'max_invalid: 2');
    const { suite, problems } = read(faulty);
    expect(suite).toBeNull();
    expect(new InputError(problems).problems.map(({ line }) => line)).toEqual([
      1, 2, 13, 16, 20, 24, 25, 27, 28, 32,
    ]);
  });
});

describe('readSuite never throws', () => {
  it('for any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(readSuite(bytes, 'suites/x.yaml').suite).toBeNull();
      }),
    );
  });

  it('for any YAML value in any place of a sound suite', () => {
    const lines = SOUND.split('\n').length;
    fc.assert(
      fc.property(fc.nat(lines - 1), fc.json(), (line, json) => {
        const text = SOUND.split('\n').map((old, at) =>
          at === line ? old.replace(/:.*/, () => `: ${json}`) : old,
        );
        const { suite, problems } = read(text.join('\n'));
        if (suite === null) expect(problems).not.toEqual([]);
        if (problems.length > 0) expect(suite?.suite.rules ?? []).toEqual([]);
      }),
    );
  });
});
