import path from 'node:path';
import { baselineText } from '../src/baseline/baseline.ts';
import { annotate } from '../src/check/annotate.ts';
import type { AnnotationContext } from '../src/check/annotate-places.ts';
import { type GuardedJudgement, judgeGuarded } from '../src/goalposts/judge-guarded.ts';
import { openGuard } from '../src/goalposts/open-guard.ts';
import { readGoalposts, type Tree } from '../src/goalposts/read-goalposts.ts';
import type { ChangedFile } from '../src/project/git-changes.ts';
import { suiteOfRecord } from '../src/record/build-record.ts';
import type { WorkflowAnnotation } from '../src/report/workflow-log/safe-workflow-text.ts';
import { runOf } from './flipped-project.ts';

export type Files = Readonly<Record<string, string>>;
export const BASELINE = 'suites/baselines/mood.embedded.jsonl';
const SUITE = `name: mood
prompt: prompts/mood.md
fields:
  feeling: { kind: nominal, labels: [glad, sad] }
windows:
  closing: { take: last, messages: 1 }
headline: feeling.accuracy
rules:
  - rule: floor
    metric: feeling.accuracy
    min: 0.6
  - { rule: must_pass, field: feeling, cases: [c1] }
on_undecided: block
`;

/** A suite with so many goldens, all of them glad, which its baseline has right. */
export function project(cases: number): Files {
  const ids = Array.from({ length: cases }, (_, index) => `c${index + 1}`);
  const golden = (id: string) =>
    `{"id":"${id}","lang":"en","family":"f-${id}","tags":[],"messages":[{"role":"user","content":"secret ${id}"}]}\n`;
  return {
    'suites/mood.yaml': SUITE,
    'prompts/mood.md': '---\nmax_tokens: 9\nquestion: How?\n---\nSay it.\nSay it well.\n',
    'goldens/conversations.jsonl': ids.map(golden).join(''),
    'goldens/labels/mood.jsonl': ids
      .map((id) => `{"id":"${id}","window":"closing","feeling":"glad"}\n`)
      .join(''),
    [BASELINE]: baselineText(runOf(Array(cases).fill('glad'), 'a')),
  };
}

/** Files in memory as a tree of a project. */
export function treeOf(files: Files): Tree {
  return {
    read: (name) => (files[name] === undefined ? null : Buffer.from(files[name])),
    list: (folder) =>
      Object.keys(files)
        .filter((name) => path.posix.dirname(name) === folder)
        .map((name) => path.posix.basename(name)),
  };
}

/** The same files, with a part of one replaced; fails where there is no such part. */
export function replaced(files: Files, file: string, from: string | RegExp, to: string): Files {
  const text = (files[file] ?? '').replace(from, to);
  if (text === files[file]) throw new Error(`${file} has no ${from}`);
  return { ...files, [file]: text };
}

/** A run of the head's suite, judged by the goalposts of the base. */
export function judged(
  base: Files,
  head: Files,
  answers: readonly string[],
  allowed = false,
): GuardedJudgement {
  const [before, after] = [treeOf(base), treeOf(head)];
  const { suite, baseline, labels } = readGoalposts(after, 'mood', 'embedded');
  if (suite === null) throw new Error('the suite is broken');
  const run = runOf(answers, 'b');
  const cases = run.cases.map((each) => ({ ...each, expected: labels?.get(each.id) ?? each.expected }));
  const sources = { base: { ...before, commit: '0'.repeat(40) }, head: after, ref: 'main', allowed };
  const guard = openGuard({ ...sources, model: 'embedded' }).ofSuite('mood');
  return judgeGuarded({ ...run, suite: suiteOfRecord(suite), cases }, { suite, baseline }, guard);
}

/** A line counts as changed where the base's file has none like it. */
export function contextOf(base: Files, head: Files, projectPrefix = ''): AnnotationContext {
  const names = [...new Set([...Object.keys(base), ...Object.keys(head)])];
  const changed = names
    .filter((name) => base[name] !== head[name])
    .map((name): ChangedFile => {
      const status = head[name] === undefined ? 'deleted' : base[name] === undefined ? 'added' : 'modified';
      return { path: name, previous: null, status };
    });
  const linesOf = (files: Files, name: string) => (files[name] ?? '').trimEnd().split('\n');
  return {
    changed,
    changedLines: ({ path: name }) => {
      const old = new Set(linesOf(base, name));
      return linesOf(head, name).flatMap((line, index) => (old.has(line) ? [] : [index + 1]));
    },
    readHead: (name) => treeOf(head).read(name),
    projectPrefix,
  };
}

/** What is said of a change, given what it answers. */
export function annotationsOf(
  base: Files,
  head: Files,
  answers: readonly string[],
  allowed = false,
): WorkflowAnnotation[] {
  return annotate([judged(base, head, answers, allowed)], contextOf(base, head));
}

/** `error prompts/mood.md:5 title`: one line an annotation. */
export function listed(annotations: readonly WorkflowAnnotation[]): string[] {
  return annotations.map(({ level, file, line, title }) => {
    return `${level} ${file}${line === null ? '' : `:${line}`} ${title}`;
  });
}

/** So many answers, of which the first two are right. */
export const mostlySad = (cases: number) =>
  Array.from({ length: cases }, (_, index) => (index < 2 ? 'glad' : 'sad'));
