import { describe, expect, it } from 'vitest';
import {
  annotationsOf,
  contextOf,
  type Files,
  judged,
  listed,
  mostlySad,
  project,
  replaced,
} from '../../test/judged-change.ts';
import type { ChangedFile } from '../project/git-changes.ts';
import { annotate } from './annotate.ts';

const FLOOR = 'mood: regressed, accuracy of feeling at least 0.6';
describe('a rule that does not hold', () => {
  const base = project(30);
  const edited = replaced(base, 'prompts/mood.md', 'Say it well.', 'Say it badly.');

  it('is an error on the first changed line of the prompt, with what was found and the broken cases', () => {
    const [first, ...rest] = annotationsOf(base, edited, mostlySad(30));
    expect(rest).toEqual([]);
    expect(first).toMatchObject({ level: 'error', file: 'prompts/mood.md', line: 6, title: FLOOR });
    expect(first?.message).toMatch(
      /^is 6\.7% .*\.\nBroken: c3\/closing, c4\/closing, .*, c12\/closing and 18 more cases\.$/,
    );
  });

  it('names the cases of a rule that each must be right, once', () => {
    const [floor, mustPass] = annotationsOf(base, edited, ['sad', ...mostlySad(29)]);
    expect(floor?.title).toBe(FLOOR);
    expect(mustPass).toEqual({
      ...{ level: 'error', file: 'prompts/mood.md', line: 6 },
      title: 'mood: regressed, 1 named cases right in feeling',
      message: '1 of 1 wrong.\nBroken: c1/closing.',
    });
  });

  it('stands on the suite, or the labels, where the prompt did not change, else on the prompt as a whole', () => {
    const withSuite = replaced(base, 'suites/mood.yaml', 'min: 0.6', 'min: 0.7');
    const withLabels = replaced(base, 'goldens/labels/mood.jsonl', /(c7.*)"glad"/, '$1"sad"');
    const place = (head: Files) => listed(annotationsOf(base, head, mostlySad(30), true))[0];
    expect(
      place({ ...withSuite, 'goldens/labels/mood.jsonl': withLabels['goldens/labels/mood.jsonl'] ?? '' }),
    ).toBe('error suites/mood.yaml:11 mood: regressed, accuracy of feeling at least 0.7');
    expect(place(withLabels)).toBe(`error goldens/labels/mood.jsonl:7 ${FLOOR}`);
    expect(place(base)).toBe(`error prompts/mood.md ${FLOOR}`);
  });

  it('has no line where the prompt only lost some', () => {
    const shorter = replaced(base, 'prompts/mood.md', 'Say it well.\n', '');
    expect(listed(annotationsOf(base, shorter, mostlySad(30)))).toEqual([`error prompts/mood.md ${FLOOR}`]);
  });

  it('is not laid to a prompt that was only moved', () => {
    const moved = replaced(
      { ...base, 'prompts/new.md': base['prompts/mood.md'] ?? '' },
      'suites/mood.yaml',
      'mood.md',
      'new.md',
    );
    const context = contextOf(base, moved);
    const changed: ChangedFile[] = [
      { path: 'prompts/new.md', previous: 'prompts/mood.md', status: 'renamed' },
      { path: 'suites/mood.yaml', previous: null, status: 'modified' },
    ];
    const changedLines = (file: ChangedFile) => (file.status === 'renamed' ? [] : context.changedLines(file));
    const found = annotate([judged(base, moved, mostlySad(30))], { ...context, changed, changedLines });
    expect(listed(found)).toEqual([`error suites/mood.yaml:2 ${FLOOR}`]);
  });

  it('stands on the suite where the prompt lies outside of the repository', () => {
    const away = replaced(edited, 'suites/mood.yaml', 'prompts/mood.md', '../../prompts/mood.md');
    const found = annotate([judged(away, away, mostlySad(30))], contextOf(away, away, 'gate/'));
    expect(listed(found)).toEqual([`error gate/suites/mood.yaml ${FLOOR}`]);
    const inside = replaced(edited, 'suites/mood.yaml', 'prompts/mood.md', '../prompts/mood.md');
    expect(
      annotate([judged(inside, inside, mostlySad(30))], contextOf(inside, inside, 'gate/')),
    ).toMatchObject([{ file: 'prompts/mood.md' }]);
  });

  it('is an error while it is undecided only where the suite blocks', () => {
    const compared = replaced(
      base,
      'suites/mood.yaml',
      /rules:.*on_undecided: block/s,
      'rules: [{ rule: no_worse_than_baseline, metric: feeling.accuracy, margin: 0.05, alpha: 0.05 }]\non_undecided: block',
    );
    const warning = replaced(compared, 'suites/mood.yaml', 'block', 'warn');
    const answers = ['sad', ...Array(29).fill('glad')];
    const levels = (files: Files) => {
      return annotationsOf(files, files, answers).map(({ level, message }) => [
        level,
        message.split('\n')[1],
      ]);
    };
    expect(levels(compared)).toEqual([['error', 'Broken: c1/closing.']]);
    expect(levels(warning)).toEqual([['warning', 'Broken: c1/closing.']]);
  });

  it('is not spoken of once it holds', () => {
    expect(annotationsOf(base, edited, Array(30).fill('glad'))).toEqual([]);
  });
});

describe('a broken case', () => {
  const base = project(12);

  it('is a warning on its own label and conversation, where the change made these lines', () => {
    const file = 'goldens/labels/mood.jsonl';
    const labelled = replaced(base, file, '"c1","window":"closing"', '"c1","window":"closing","note":"n"');
    const head = replaced(labelled, 'goldens/conversations.jsonl', '"family":"f-c2"', '"family":"other"');
    const answers = ['sad', 'sad', 'sad', ...Array(9).fill('glad')];
    const cases = annotationsOf(base, head, answers).filter(({ title }) => title.endsWith('broke'));
    expect(cases).toEqual([
      {
        ...{ level: 'warning', file, line: 1, title: 'mood: c1/closing broke' },
        message: 'feeling: expected glad, was glad, now sad\nbreaks the rule: 1 named cases right in feeling',
      },
      {
        ...{
          level: 'warning',
          file: 'goldens/conversations.jsonl',
          line: 2,
          title: 'mood: c2/closing broke',
        },
        message: 'feeling: expected glad, was glad, now sad',
      },
    ]);
  });
});
