import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadLintSubjects } from '../src/cli/lint-subjects.ts';
import { LINT_RULES, type LintRule } from '../src/lint/finding.ts';
import { lint } from '../src/lint/lint.ts';
import { promptSource } from '../src/lint/prompt-source.ts';
import { findProject } from '../src/project/project.ts';
import { readPrompt } from '../src/prompt/load.ts';
import { readText } from '../src/suite/source-text.ts';
import { lintFiles, SOUND } from './lint-project.ts';
import { makeWorkspace } from './workspace.ts';

const root = makeWorkspace(
  lintFiles({ suite: SOUND.suite.replace(/rules:\n(?: {2}- .*\n)*/, 'rules: []\n') }),
);
const [subject] = loadLintSubjects(findProject(root), [], { model: 'anthropic:claude-haiku-4-5' }, root);

/** Pieces that mean something to one of the checks, in any order. */
const piece = fc.oneof(
  fc.constantFrom(
    ...[
      '<example>',
      '</example>',
      '<conversation>',
      '<answer>',
      '</answer>',
      '<message role="user" window="x">',
    ],
    ...[
      '</message>',
      '{"topic": "food", "__proto__": [1]}',
      '{"topic": ["food"], "also": "x", "mood": null}',
      '{}',
    ],
    ...[
      '```',
      '~~~',
      '\n',
      '\n\n',
      '- ',
      '1. ',
      '# ',
      '| food | x |',
      '`',
      '`food`',
      '`Foood`: ',
      '**travel**: ',
    ],
    ...[
      '{{x}}',
      '$' + '{x}',
      '{window}',
      '<<x>>',
      '{%',
      '%}',
      ' ',
      '\t',
      '---\n',
      'money: ',
      '`a b c`',
      'topic',
    ],
    SOUND.conversations[0]?.messages[0]?.content ?? '',
  ),
  fc.string({ unit: 'binary', maxLength: 12 }),
);
const body = fc.array(piece, { minLength: 1, maxLength: 40 }).map((pieces) => pieces.join(''));

function lintText(text: string) {
  if (subject === undefined) throw new Error('the project has no suite');
  const bytes = Buffer.from(text);
  const { prompt } = readPrompt(bytes, 'prompts/wish.md', subject.work.suite.task);
  const source = readText(bytes, 'prompts/wish.md').value;
  if (prompt === null || source === null) return null;
  const changed = {
    ...subject,
    source: promptSource(prompt, source.text),
    work: { ...subject.work, prompt },
  };
  return {
    lines: source.text.split('\n').length,
    findings: lint(changed, Object.keys(LINT_RULES) as LintRule[]),
  };
}

describe('lint of any prompt', () => {
  it('never throws, and every finding is about a line of the file', () => {
    fc.assert(
      fc.property(body, fc.constantFrom('\n', '\r\n'), (system, end) => {
        const front = `---${end}max_tokens: 60${end}question: |${end}  Which \`topic\`?${end}---${end}`;
        const linted = lintText(front + system);
        for (const { file, line, what, mend } of linted?.findings ?? []) {
          expect(what).not.toBe('');
          expect(mend).not.toBe('');
          if (!file.startsWith('prompts')) continue;
          expect(line).toBeGreaterThan(0);
          expect(line).toBeLessThanOrEqual(linted?.lines ?? 0);
        }
      }),
      { numRuns: 400 },
    );
  });

  it.each([
    ['blanks', `- ${' '.repeat(50_000)}x`],
    ['backticks', '`'.repeat(50_001)],
    ['braces', '{'.repeat(50_000)],
    ['a word of hyphens', 'a-'.repeat(25_000)],
    ['one word over and over', 'again '.repeat(10_000)],
  ])('comes to an end with very many: %s', (_what, text) => {
    const linted = lintText(`---\nmax_tokens: 1000\nquestion: Which?\n---\n${text}`);
    expect(linted?.findings.length).toBeGreaterThan(0);
  });
});
