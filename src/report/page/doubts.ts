import type { GoldenLabel } from '../../goldens/load.ts';
import type { CaseRecord } from '../../schema/run-record.ts';
import { fieldAgrees, usableLabel } from '../../task/agree.ts';
import { fieldValue } from '../../task/task.ts';
import type { PageSuite } from './page-input.ts';

type Subject = Pick<CaseRecord, 'id' | 'conversation' | 'window'>;

/** Which labels there is a reason to look at again. */
export interface Doubts {
  /** Whether the annotators did not all vote the same. */
  isSplit(suite: string, field: string, subject: Subject): boolean;
  /** Whether all answers, of every run and model on the page, are usable, the same, and not the label. */
  isAgainst(suite: string, field: string, subject: Subject): boolean;
  /** The most answers, over repeats and models, that any case of the suite has. */
  answersOf(suite: string): number;
}

/** What the page's runs and the goldens' votes say against labels; runs of one suite count together. */
export function doubtsOf(suites: readonly PageSuite[]): Doubts {
  const split = new Set<string>();
  const against = new Set<string>();
  const most = new Map<string, number>();
  const bySuite = Map.groupBy(suites, ({ assessment }) => assessment.run.suite.name);
  for (const [name, group] of bySuite) {
    const answers = new Map<string, Set<string>>();
    const counts = new Map<string, number>();
    for (const { assessment, goldens } of group) {
      const { suite, cases } = assessment.run;
      const fields = Object.keys(suite.fields);
      for (const label of goldens?.labels ?? [])
        for (const field of fields)
          if (isSplitVote(suite, field, label)) split.add(key(name, field, label.id, label.window));
      for (const subject of cases) {
        counts.set(subject.id, (counts.get(subject.id) ?? 0) + subject.answers.length);
        for (const field of fields) {
          const at = key(name, field, subject.conversation, subject.window);
          const values = answers.get(at) ?? new Set<string>();
          for (const answer of subject.answers) {
            const label = usableLabel(answer);
            const wrong = label !== null && fieldAgrees(suite, field, subject.expected, label) === false;
            values.add(wrong ? JSON.stringify(fieldValue(suite, field, label)) : '');
          }
          answers.set(at, values);
        }
      }
    }
    for (const [at, values] of answers) if (values.size === 1 && !values.has('')) against.add(at);
    most.set(name, Math.max(0, ...counts.values()));
  }
  return {
    isSplit: (suite, field, { conversation, window }) => split.has(key(suite, field, conversation, window)),
    isAgainst: (suite, field, { conversation, window }) =>
      against.has(key(suite, field, conversation, window)),
    answersOf: (suite) => most.get(suite) ?? 0,
  };
}

/** Names the label of a conversation or of a window of it. */
export function labelKey(conversation: string, window: string | null): string {
  return `${conversation}/${window ?? ''}`;
}

function key(suite: string, field: string, conversation: string, window: string | null): string {
  return `${suite}/${field}/${labelKey(conversation, window)}`;
}

function isSplitVote(
  task: Parameters<typeof fieldValue>[0],
  field: string,
  { votes }: Pick<GoldenLabel, 'votes'>,
): boolean {
  return new Set(votes.map(({ label }) => JSON.stringify(fieldValue(task, field, label)))).size > 1;
}
