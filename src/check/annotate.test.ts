import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { annotationsOf, contextOf, judged, mostlySad, project, replaced } from '../../test/judged-change.ts';
import { smallJudgement } from '../../test/small-judgement.ts';
import { workflowAnnotation } from '../report/workflow-log/safe-workflow-text.ts';
import { annotate, annotateProblems } from './annotate.ts';

describe('annotations', () => {
  it('lie in the folder of the project, and hold no text of a conversation', () => {
    const base = project(30);
    const head = replaced(base, 'goldens/conversations.jsonl', /"tags":\[\]/g, '"tags":["secret"]');
    const found = annotate([judged(base, head, mostlySad(30))], contextOf(base, head, 'gate/'));
    expect(found.length).toBeGreaterThan(20);
    expect(found.every(({ file }) => file.startsWith('gate/'))).toBe(true);
    expect(JSON.stringify(found)).not.toMatch(/secret c|first of/);
  });

  it('are at most 50, errors first, the last of which counts the rest', () => {
    const base = project(80);
    const head = replaced(base, 'goldens/labels/mood.jsonl', /"glad"/g, '"sad"');
    const found = annotationsOf(base, head, ['sad', ...mostlySad(79)]);
    expect(found).toHaveLength(50);
    expect(found.map(({ level }) => level)).toEqual([
      ...Array(2).fill('error'),
      ...Array(48).fill('warning'),
    ]);
    const last = found.at(-1);
    expect(last?.title).toMatch(/^Touchstone: \d+ more$/);
    expect(last?.message).toMatch(/^Not shown beside the lines: 0 errors, \d+ warnings\.$/);
  });

  it('are safe to show, and never longer than GitHub takes, whatever ids, labels and paths say', () => {
    const hostile = fc
      .array(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.constantFrom('\u001b[2J', '\u202e', '\n::error::x', '##[a]'),
        ),
        {
          maxLength: 8,
        },
      )
      .map((pieces) => pieces.join('').repeat(40));
    const empty = { changed: [], changedLines: () => [], readHead: () => null, projectPrefix: '' };
    fc.assert(
      fc.property(hostile, hostile, (id, label) => {
        const judgement = smallJudgement({ id, label, path: id, reason: label });
        const found = annotate([judgement], empty);
        expect(found.length).toBeGreaterThan(0);
        for (const each of found) {
          expect(each.title.length).toBeLessThanOrEqual(255);
          expect(each.message.length).toBeLessThanOrEqual(4000);
          expect(`${each.title}${each.message}`).not.toMatch(/[\u001b\u202e\r]/);
          expect(each.file).toBe('suites/mood.yaml');
          expect(workflowAnnotation(each)).toMatch(/^::(error|warning) [^\n\r]*$/);
        }
      }),
      { numRuns: 50 },
    );
  });
});

describe('problems of the files', () => {
  const problem = { id: null, what: 'the prompt has no text', mend: 'Write it' };

  it('stand where they are, with what to do', () => {
    const problems = [
      { ...problem, file: 'prompts/mood.md', line: 3 },
      { ...problem, file: '../goldens/a.jsonl', line: null, id: 'c1' },
    ];
    expect(annotateProblems(problems, 'gate/')).toEqual([
      {
        ...{ level: 'error', file: 'gate/prompts/mood.md', line: 3, title: 'Touchstone' },
        message: 'the prompt has no text. Write it.',
      },
      {
        ...{ level: 'error', file: 'goldens/a.jsonl', line: null, title: 'Touchstone: c1' },
        message: 'the prompt has no text. Write it.',
      },
    ]);
  });

  it('of arguments and of files outside of the repository have no place', () => {
    const files = ['--base', '/etc/passwd', '../../x', '..'];
    expect(
      annotateProblems(
        files.map((file) => ({ ...problem, file, line: null })),
        'gate/',
      ),
    ).toEqual([]);
  });

  it('are at most 50', () => {
    const many = Array.from({ length: 51 }, (_, index) => ({ ...problem, file: 'a.md', line: index + 1 }));
    expect(annotateProblems(many.slice(1), '')).toHaveLength(50);
    expect(annotateProblems(many.slice(1), '').at(-1)?.line).toBe(51);
    expect(annotateProblems(many, '').at(-1)).toEqual({
      ...{ level: 'error', file: 'a.md', line: null, title: 'Touchstone: 2 more' },
      message: 'Not shown beside the lines: 2 errors, 0 warnings.',
    });
  });
});
