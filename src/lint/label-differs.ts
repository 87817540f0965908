import { mendChoice, quote } from '../schema/check.ts';
import { askedFields, classesOf, isDerived } from '../task/task.ts';
import type { FindingOf, Severity } from './finding.ts';
import { KnownNames, labelsOf } from './known-names.ts';
import type { LintSubject } from './lint-subject.ts';
import { listLeads } from './list-leads.ts';

const NAME = /^[A-Za-z][\w-]{0,63}$/;
const IN_BACKTICKS = /`([^`\n]+)`/g;

/** Names in the prompt's instructions and in its examples' answers that are no labels or fields of the task. */
export function labelDiffers(subject: LintSubject): FindingOf[] {
  return [...inInstructions(subject), ...inAnswers(subject)];
}

interface Use {
  word: string;
  offset: number;
  /** In a list of which two other items are labels. */
  isAmongLabels: boolean;
}

function inInstructions({ work, source }: LintSubject): FindingOf[] {
  const { task } = work.suite;
  const tags = source.text.matchAll(/<\/?([A-Za-z][\w-]{0,63})|\b([A-Za-z][\w-]{0,63})="/g);
  const names = new KnownNames(
    task,
    [...tags].flatMap(([, tag, attribute]) => tag ?? attribute ?? []),
  );
  const labels = labelsOf(task);
  const uses = new Map<string, { first: Use; count: number }>();
  for (const use of usesOf(source.instructions, labels)) {
    const known = uses.get(use.word);
    if (known === undefined) uses.set(use.word, { first: use, count: 1 });
    else {
      known.count += 1;
      if (use.isAmongLabels && !known.first.isAmongLabels) known.first = use;
    }
  }
  return [...uses.values()].flatMap(({ first, count }): FindingOf[] => {
    const { word, offset, isAmongLabels } = first;
    const reading = names.read(word);
    if (reading.kind === 'known') return [];
    const times = count === 1 ? '' : `, ${count} times`;
    const say = (severity: Severity, what: string, mend: string): FindingOf[] => [
      { file: source.prompt.path, line: source.lineAt(offset), severity, what: `${what}${times}`, mend },
    ];
    if (reading.kind === 'misspelt')
      return say(
        'warning',
        `${quote(word)} is the task's ${quote(reading.name)} in another spelling`,
        `Write ${reading.name}`,
      );
    if (reading.kind === 'near')
      return say(
        'error',
        `${quote(word)} is no label or field of the task`,
        `Did you mean ${quote(reading.name)}? Write it as the suite does`,
      );
    return isAmongLabels
      ? say(
          'error',
          `${quote(word)} stands in a list of labels and is none of the task`,
          `${mendChoice(word, labels)}, or add it to the suite's fields`,
        )
      : say(
          'warning',
          `${quote(word)} is marked as a name and is no label, field or window of the task`,
          'Name what the task has, or write it without backticks',
        );
  });
}

/** Words in backticks, and the leads of lists of labels, marked or not. */
function usesOf(instructions: string, labels: readonly string[]): Use[] {
  const leads = listLeads(instructions);
  const known = new Set(labels);
  const amongLabels = new Set<number>();
  for (const group of Map.groupBy(leads, ({ group }) => group).values()) {
    if (group.filter(({ name }) => known.has(name)).length < 2) continue;
    for (const { name, offset } of group) if (NAME.test(name)) amongLabels.add(offset);
  }
  const marked = [...instructions.matchAll(IN_BACKTICKS)].flatMap(({ 1: word = '', index }): Use[] =>
    NAME.test(word) || /^[A-Za-z][\w -]{0,63}$/.test(word)
      ? [{ word, offset: index + 1, isAmongLabels: amongLabels.has(index + 1) }]
      : [],
  );
  const spoken = new Set(marked.map(({ offset }) => offset));
  const unmarked = leads
    .filter(({ offset }) => amongLabels.has(offset) && !spoken.has(offset))
    .map(({ name, offset }): Use => ({ word: name, offset, isAmongLabels: true }));
  return [...marked, ...unmarked].sort((a, b) => a.offset - b.offset);
}

function inAnswers({ work, source }: LintSubject): FindingOf[] {
  const { task } = work.suite;
  const asked = new Map(askedFields(task));
  return source.examples.flatMap(({ example, answerAt }) => {
    const say = (what: string, mend: string): FindingOf => ({
      file: source.prompt.path,
      line: source.lineAt(answerAt),
      severity: 'error',
      what,
      mend,
    });
    return [...(example?.answer ?? [])].flatMap(([name, value]): FindingOf[] => {
      const field = asked.get(name);
      if (field === undefined) {
        const own = task.fields[name];
        if (own !== undefined && isDerived(own))
          return [say(`an example answers ${name}, which follows from ${own.from}`, 'Leave it out')];
        return [
          say(`an example answers ${quote(name)}, which is no field`, mendChoice(name, [...asked.keys()])),
        ];
      }
      if (field.kind === 'binary') return [];
      const labels = classesOf(field);
      const given: unknown[] = field.kind === 'set' && Array.isArray(value) ? value : [value];
      return given
        .filter((label): label is string => typeof label === 'string' && !labels.includes(label))
        .map((label) =>
          say(
            `an example answers ${name} with ${quote(label)}, which is no label`,
            mendChoice(label, labels),
          ),
        );
    });
  });
}
