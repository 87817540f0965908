import { describe, expect, it } from 'vitest';
import { compareGoalposts } from './compare-goalposts.ts';
import { describeChange } from './describe-change.ts';
import { readGoalposts } from './read-goalposts.ts';

const SUITE = 'suites/mood.yaml';
const LABELS = 'goldens/labels/mood.jsonl';
const CONVERSATIONS = 'goldens/conversations.jsonl';
const BASELINE = 'suites/baselines/mood.embedded.jsonl';
const OTHER = 'suites/baselines/mood.anthropic-model.jsonl';

const FIELDS = `
  feeling: { kind: nominal, labels: [glad, sad, other] }
  topics: { kind: set, labels: [glad, sad] }`;
const ASKED = `"text":"${'c'.repeat(16)}","request":"${'b'.repeat(64)}"`;
const FILES: Readonly<Record<string, string>> = {
  [SUITE]: `name: mood
prompt: prompts/mood.md
fields:${FIELDS}
headline: feeling.accuracy
on_undecided: block
rules:
  - { rule: floor, metric: feeling.accuracy, min: 0.8 }
  - { rule: no_worse_than_baseline, metric: feeling.accuracy, margin: 0.03, alpha: 0.05 }
  - { rule: must_pass, field: feeling, where: { tag: critical } }
  - { rule: budget, max_invalid: 0.02 }
`,
  [CONVERSATIONS]: `{"id":"c1","lang":"en","family":"f1","tags":["critical","short"],"messages":[{"role":"user","content":"a"}]}
{"id":"c2","lang":"zh","family":"f2","tags":["critical"],"messages":[{"role":"user","content":"b"}]}
{"id":"c3","lang":"en","family":"f3","tags":[],"messages":[{"role":"user","content":"c"}]}
`,
  [LABELS]: `{"id":"c1","feeling":"glad","topics":["glad","sad"]}
{"id":"c2","feeling":"sad","topics":[]}
{"id":"c3","feeling":"other","topics":[]}
`,
  [BASELINE]: `{"touchstone":"baseline","version":1,"suite":"mood","model":"embedded","prompt":"${'a'.repeat(64)}","repeats":1,"cases":3,"fields":{"feeling":{"kind":"nominal","labels":["glad","sad","other"]},"topics":{"kind":"set","labels":["glad","sad"]}}}
{"id":"c1",${ASKED},"answers":[{"status":"answered","label":{"feeling":"glad","topics":["glad","sad"]}}]}
{"id":"c2",${ASKED},"answers":[{"status":"answered","label":{"feeling":"glad","topics":[]}}]}
{"id":"c3",${ASKED},"answers":[{"status":"invalid"}]}
`,
  [OTHER]: 'whatever\n',
};

type Files = Readonly<Record<string, string>>;

function goalpostsOf(files: Files) {
  const tree = {
    read: (name: string) => (files[name] === undefined ? null : Buffer.from(files[name])),
    list: (folder: string) =>
      Object.keys(files)
        .filter((name) => name.startsWith(`${folder}/`))
        .map((name) => name.slice(folder.length + 1))
        .filter((name) => !name.includes('/')),
  };
  return readGoalposts(tree, 'mood', 'embedded', { shown: (file) => file });
}

/** What is said of a change from `base` to `head`; `!` before what loosens. */
function said(head: Files, base: Files = FILES): string[] {
  return compareGoalposts(goalpostsOf(base), goalpostsOf(head)).map(
    (change) => `${change.loosens ? '! ' : ''}${describeChange(change)}`,
  );
}

/** The files with one passage replaced, which must be there. */
function edited(file: string, from: string, to: string, files: Files = FILES): Files {
  const text = files[file] ?? '';
  if (!text.includes(from)) throw new Error(`${file} has no ${from}`);
  return { ...files, [file]: text.replace(from, () => to) };
}

function without(file: string): Files {
  return Object.fromEntries(Object.entries(FILES).filter(([name]) => name !== file));
}

const CRITICAL = '{ rule: must_pass, field: feeling, where: { tag: critical } }';
const NO_WORSE = 'no_worse_than_baseline feeling.accuracy';

describe('goalposts', () => {
  it('that stay where they are say nothing, though files are laid out anew', () => {
    const reordered = (FILES[LABELS] ?? '').trim().split('\n').reverse().join('\r\n\r\n');
    const head = edited(SUITE, 'rules:', '# a comment\r\nrules:', { ...FILES, [LABELS]: reordered });
    expect(said(edited(LABELS, '["glad","sad"]', '[ "sad", "glad" ]', head))).toEqual([]);
  });

  it('of a new suite are new, and nothing else is said', () => {
    expect(said(FILES, {})).toEqual(['suite mood is new']);
    expect(said(FILES, without(SUITE))).toEqual(['suite mood is new']);
    expect(said({}, {})).toEqual([]);
  });

  it('of a suite that is taken away are all that it was measured by', () => {
    expect(said(without(SUITE))[0]).toBe('! suite mood removed');
  });

  it('name what loosens first', () => {
    const head = edited(SUITE, 'min: 0.8', 'min: 0.9');
    expect(said(edited(LABELS, '"feeling":"sad"', '"feeling":"glad"', head))).toEqual([
      '! label of c2 changed: feeling sad -> glad',
      expect.stringContaining('rule tightened'),
    ]);
  });
});

describe('a suite', () => {
  it.each([
    ['min: 0.8', 'min: 0.7', '! rule loosened: floor feeling.accuracy: min 0.8 -> 0.7'],
    ['min: 0.8', 'min: 0.9', 'rule tightened: floor feeling.accuracy: min 0.8 -> 0.9'],
    ['margin: 0.03', 'margin: 0.3', `! rule loosened: ${NO_WORSE}: margin 0.03 -> 0.3`],
    ['alpha: 0.05', 'alpha: 0.01', `! rule loosened: ${NO_WORSE}: alpha 0.05 -> 0.01`],
    ['alpha: 0.05', 'alpha: 0.1', `rule tightened: ${NO_WORSE}: alpha 0.05 -> 0.1`],
    [
      'margin: 0.03, alpha: 0.05',
      'margin: 0.3, alpha: 0.1',
      `! rule loosened: ${NO_WORSE}: alpha 0.05 -> 0.1, margin 0.03 -> 0.3`,
    ],
    ['max_invalid: 0.02', 'max_invalid: 0.5', '! rule loosened: budget: max_invalid 0.02 -> 0.5'],
    ['max_invalid: 0.02', 'max_invalid: 0.02, max_usd: 1', 'rule tightened: budget: max_usd none -> 1'],
    ['on_undecided: block\n', '', '! an undecided rule no longer blocks, it only warns'],
    [
      'headline: feeling.accuracy',
      'headline: topics.jaccard',
      '! headline changed: feeling.accuracy -> topics.jaccard',
    ],
    [
      'prompts/mood.md',
      'prompts/new.md',
      'prompt taken from another file: prompts/mood.md -> prompts/new.md',
    ],
    [`  - ${CRITICAL}\n`, '', '! rule removed: must_pass feeling of tag:critical'],
    [
      'rules:',
      'rules:\n  - { rule: floor, metric: topics.jaccard, min: 0.5 }',
      'rule added: floor topics.jaccard (min 0.5)',
    ],
    [
      CRITICAL,
      CRITICAL.replace(' }', ' }, known_failures: allowed'),
      '! rule loosened: must_pass feeling of tag:critical: known_failures none -> allowed',
    ],
    [
      'min: 0.8 }',
      'min: 0.8, where: { lang: en } }',
      '! rule loosened: floor feeling.accuracy: where none -> lang:en',
    ],
  ])('with %j changed to %j', (from, to, change) => {
    expect(said(edited(SUITE, from, to))).toEqual([change]);
  });

  it('that blocks from now on on an undecided rule is stricter', () => {
    expect(said(FILES, edited(SUITE, 'on_undecided: block', 'on_undecided: warn'))).toEqual([
      'an undecided rule blocks now',
    ]);
  });

  it('with another labels file is measured by other labels', () => {
    const head = edited(SUITE, 'prompt:', 'labels: easy\nprompt:');
    expect(said({ ...head, 'goldens/labels/easy.jsonl': FILES[LABELS] ?? '' })).toEqual([
      '! labels taken from another file: mood.jsonl -> easy.jsonl',
    ]);
  });

  it('with other fields names those that differ, and the baseline that does not fit them', () => {
    const head = edited(SUITE, 'labels: [glad, sad] }', 'labels: [glad, sad] }\n  strong: { kind: binary }');
    const labelled = { ...head, [LABELS]: (FILES[LABELS] ?? '').replaceAll('}', ',"strong":true}') };
    expect(said(labelled)).toEqual([
      expect.stringContaining(`! baseline of the head cannot be read: ${BASELINE}:1: was accepted when`),
      '! fields changed: strong',
    ]);
    expect(said(edited(SUITE, '[glad, sad, other]', '[sad, glad, other]'))).toContain(
      '! fields changed: feeling',
    );
  });
});

describe('a rule that each of the cases must pass', () => {
  it('names those that it lets go, by its own condition or by their tags', () => {
    const name = 'must_pass feeling of tag:critical';
    const narrowed = edited(SUITE, CRITICAL, CRITICAL.replace('critical', 'short'));
    expect(said(narrowed)).toEqual([`! no longer required by ${name}: c2`]);
    expect(said(edited(CONVERSATIONS, '["critical"]', '[]'))).toEqual([
      `! no longer required by ${name}: c2`,
      '! tags of conversation c2 changed: critical -> none',
    ]);
  });

  it('is tighter where it asks for more', () => {
    const wider = edited(SUITE, CRITICAL, '{ rule: must_pass, field: feeling }');
    expect(said(wider)).toEqual([
      'rule tightened: must_pass feeling of tag:critical: where tag:critical -> none',
    ]);
  });

  it('is looser where the cases of today are named instead of those of every day', () => {
    const named = edited(SUITE, CRITICAL, '{ rule: must_pass, field: feeling, cases: [c1, c2] }');
    expect(said(named)).toEqual([
      '! rule loosened: must_pass feeling of tag:critical: cases none -> c1, c2, where tag:critical -> none',
    ]);
  });

  it('is about windows where the suite has them', () => {
    const windows =
      'windows:\n  opening: { take: first, messages: 1 }\n  closing: { take: last, messages: 1 }\n';
    const files = {
      [CONVERSATIONS]: FILES[CONVERSATIONS] ?? '',
      [SUITE]: (FILES[SUITE] ?? '').replace('fields:', `${windows}fields:`),
      [LABELS]: ['opening', 'closing']
        .map((window) => (FILES[LABELS] ?? '').replaceAll('","feeling', `","window":"${window}","feeling`))
        .join(''),
    };
    const head = edited(SUITE, '{ tag: critical }', '{ tag: critical, window: opening }', files);
    expect(said(head, files)).toEqual([
      '! no longer required by must_pass feeling of tag:critical: c1/closing, c2/closing',
    ]);
    expect(said(edited(SUITE, 'take: last', 'take: first', files), files)).toEqual([
      '! windows changed: closing',
    ]);
  });
});
