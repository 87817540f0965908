import path from 'node:path';
import { showAnswers, showValue } from '../compare/flips.ts';
import { EXIT, InputError } from '../errors/errors.ts';
import { type GoldenLabel, readConversations, readGoldens } from '../goldens/load.ts';
import { caseId } from '../plan/case.ts';
import { findProject, type Project } from '../project/project.ts';
import { listRecords, readRecord } from '../record/record-files.ts';
import { safeText } from '../report/terminal/safe-text.ts';
import type { CaseRecord, RunRecord } from '../schema/run-record.ts';
import { type LoadedSuite, loadSuites } from '../suite/load.ts';
import type { Terminal } from './terminal.ts';

/** `touchstone show`: one conversation, what is expected of it in every suite, and what the last runs gave. */
export function showCommand(id: string, options: { goldens?: string }, terminal: Terminal): number {
  const project = findProject(terminal.cwd);
  const shown = (file: string) => path.relative(terminal.cwd, file) || '.';
  const { suites, problems } = loadSuites(project.suites, [], shown);
  const directory = path.resolve(terminal.cwd, options.goldens ?? project.goldens);
  const conversations = readConversations(directory, shown);
  const sets = suites.map((suite) => ({
    suite,
    ...readGoldens(directory, suite.task, suite.labels, { conversations, shown }),
  }));
  const wrong = [...problems, ...conversations.problems, ...sets.flatMap((set) => set.problems)];
  if (wrong.length > 0) throw new InputError(wrong);

  const [conversationId = '', window = null] = id.split('/');
  const conversation = conversations.value?.byId.get(conversationId);
  if (conversation === undefined) {
    const mend = 'Give an id of conversations.jsonl, such as a run prints for its flips';
    throw new InputError([{ file: shown(directory), line: null, id, what: 'no such conversation', mend }]);
  }
  const { chalk } = terminal;
  const facts = [conversation.lang, `family ${conversation.family}`, ...conversation.tags].join(', ');
  const messages = conversation.messages.map(
    ({ role, content }, index) => `${chalk.bold(`${index + 1} ${role}`)}\n${safeText(content)}\n`,
  );
  const answers = sets.flatMap(({ suite, goldens }) =>
    (goldens?.labels ?? [])
      .filter((label) => label.id === conversationId && (window === null || label.window === window))
      .map((label) => renderLabel(suite, label, project, shown, terminal)),
  );
  terminal.out(
    `${chalk.bold.underline(conversation.id)}  ${facts}\n\n${messages.join('\n')}\n${answers.join('\n')}`,
  );
  return EXIT.held;
}

function renderLabel(
  { suite }: LoadedSuite,
  golden: GoldenLabel,
  project: Project,
  shown: (file: string) => string,
  { chalk }: Terminal,
): string {
  const id = caseId(golden.id, golden.window);
  const given = lastAnswers(project, suite.name, id, shown);
  const heading = `${chalk.bold(suite.name)}${golden.window === null ? '' : ` ${golden.window}`}`;
  const lines = Object.keys(suite.fields).map((field) => {
    const expected = showValue(suite, field, golden.label);
    const now = given === null ? 'not run' : showAnswers(given.run.suite, field, given.record);
    const paint = now === expected ? chalk.hex('#4a90d9') : chalk.hex('#d98324');
    return `  ${field.padEnd(12)} ${expected.padEnd(22)} ${given === null ? chalk.dim(now) : paint(now)}`;
  });
  const note = golden.note === null ? [] : [chalk.dim(`  note: ${safeText(golden.note)}`)];
  const by = given === null ? '' : ` by ${given.run.model}, prompt ${given.run.prompt.sha256.slice(0, 8)}`;
  return [`${heading}${chalk.dim(`  field, expected, given${by}`)}`, ...lines, ...note, ''].join('\n');
}

/** What the newest run that has this case gave. */
function lastAnswers(
  project: Project,
  suite: string,
  id: string,
  shown: (file: string) => string,
): { run: RunRecord; record: CaseRecord } | null {
  for (const file of listRecords(project.runs, suite)) {
    const run = readRecord(file, shown(file));
    const record = run.cases.find((each) => each.id === id);
    if (record !== undefined) return { run, record };
  }
  return null;
}
