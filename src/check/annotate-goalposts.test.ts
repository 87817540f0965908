import { describe, expect, it } from 'vitest';
import { annotationsOf, BASELINE, listed, project, replaced } from '../../test/judged-change.ts';

describe('a change of the goalposts', () => {
  const base = project(12);
  const right = Array(12).fill('glad');

  it.each([
    ['min: 0.6', 'min: 0.4', 'suites/mood.yaml:11'],
    ['cases: [c1]', 'cases: [c2]', 'suites/mood.yaml:12'],
    [/ {2}- rule: floor\n.*\n.*\n/, '', 'suites/mood.yaml'],
    ['block', 'warn', 'suites/mood.yaml:13'],
    ['on_undecided: block', '', 'suites/mood.yaml'],
    ['headline: feeling.accuracy', 'headline: feeling.macro_f1', 'suites/mood.yaml:7'],
    ['labels: [glad, sad]', 'labels: [glad, sad, calm]', 'suites/mood.yaml:4'],
    ['messages: 1', 'messages: 2', 'suites/mood.yaml:6'],
    ['on_undecided', 'labels: other\non_undecided', 'suites/mood.yaml:13'],
  ])('in the suite is a warning where it stands: %s', (from, to, place) => {
    const head = replaced(base, 'suites/mood.yaml', from, to);
    expect(listed(annotationsOf(base, head, right))).toContain(`warning ${place} mood: the goalposts move`);
  });

  it.each([
    ['goldens/labels/mood.jsonl', /(c3.*)"glad"/, '$1"sad"', 'goldens/labels/mood.jsonl:3'],
    ['goldens/labels/mood.jsonl', /.*c3.*\n/, '', 'goldens/labels/mood.jsonl'],
    ['goldens/conversations.jsonl', 'secret c4', 'another', 'goldens/conversations.jsonl:4'],
    ['goldens/conversations.jsonl', /.*c4.*\n/, '', 'goldens/conversations.jsonl'],
    [BASELINE, /(c5.*)"glad"/, '$1"sad"', BASELINE],
    [BASELINE, /.*c5.*\n/, '', BASELINE],
    [BASELINE, /.*c5.*\n/, 'no JSON\n', `${BASELINE}:9`],
  ])('in %s is a warning where it stands: %s', (file, from, to, place) => {
    const all = annotationsOf(base, replaced(base, file, from, to), right);
    expect(listed(all)).toContain(`warning ${place} mood: the goalposts move`);
  });

  it('says what moved, and that a person must allow it', () => {
    const head = replaced(base, 'suites/mood.yaml', 'min: 0.6', 'min: 0.4');
    expect(annotationsOf(base, head, right)).toEqual([
      {
        ...{ level: 'warning', file: 'suites/mood.yaml', line: 11, title: 'mood: the goalposts move' },
        message:
          'rule loosened: floor feeling.accuracy: min 0.6 -> 0.4.\nThis loosens the goalposts, so a person must allow it.',
      },
    ]);
  });

  it('is not spoken of once a person has allowed it, nor where it only tightens', () => {
    const looser = replaced(base, 'suites/mood.yaml', 'min: 0.6', 'min: 0.4');
    expect(annotationsOf(base, looser, right, true)).toEqual([]);
    expect(annotationsOf(base, replaced(base, 'suites/mood.yaml', 'min: 0.6', 'min: 0.7'), right)).toEqual(
      [],
    );
  });
});
