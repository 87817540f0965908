import path from 'node:path';
import { askLine, lineKey } from '../concerns/ask-line.ts';
import { concernsRecord } from '../concerns/concerns-record.ts';
import { embeddedSummary } from '../concerns/embedded-summary.ts';
import { type ConcernLine, groupConcerns } from '../concerns/group-concerns.ts';
import { nameRequest, readName } from '../concerns/group-name.ts';
import { loadConcernPrompts } from '../concerns/load-prompts.ts';
import { readSummary, summaryRequest } from '../concerns/summary-request.ts';
import { EXIT, InputError } from '../errors/errors.ts';
import type { Model, ModelRequest } from '../model/model.ts';
import { readModelChoice } from '../model/model-choice.ts';
import { openModel } from '../model/open-model.ts';
import { findProject } from '../project/project.ts';
import { renderConcerns } from '../report/terminal/concerns.ts';
import type { Message } from '../schema/conversation.ts';
import { plural } from '../score/metric-text.ts';
import { sqliteStore } from '../store/sqlite-store.ts';
import type { Store } from '../store/store.ts';
import { cutConversation } from '../study/cut-conversation.ts';
import { concernsFile, readStudyRecord } from '../study/record-files.ts';
import { type KeptConversation, keptConversations } from '../study/results/kept-conversations.ts';
import { type FoundConversation, readAgain } from '../study/sample/find-conversations.ts';
import { type AskingOptions, openingBy } from './asking-options.ts';
import { interruptible } from './interrupt.ts';
import { loadStudyOf } from './load-study-of.ts';
import { announceLines } from './study-topics-cost.ts';
import { studyStoreFile } from './study-work.ts';
import type { Terminal } from './terminal.ts';
import { writeWhole } from './write-whole.ts';

export interface StudyTopicsOptions extends Omit<AskingOptions, 'batch'> {
  model?: string;
  minGroup: number;
}

const SEED = 1;
/** Smallest group that the study's authors would show. */
const SAFE_GROUP = 20;

/**
 * `touchstone study topics`: has a model say in one line what each kept conversation is about, groups the lines, and
 * shows groups that are large enough, under names that were checked for what could identify a person.
 */
export async function studyTopicsCommand(
  dir: string,
  options: StudyTopicsOptions,
  terminal: Terminal,
): Promise<number> {
  if (options.minGroup < SAFE_GROUP)
    terminal.err(
      `Groups of under ${SAFE_GROUP} conversations may tell of single people: do not publish them.\n`,
    );
  const project = findProject(terminal.cwd);
  const folder = path.resolve(terminal.cwd, dir);
  const record = readStudyRecord(folder, dir);
  const { loaded, tasks } = loadStudyOf(record, project, terminal);
  const prompts = loadConcernPrompts(project.root);
  const kept = await keptConversations(folder, loaded.study, tasks);
  const choice = readModelChoice(options.model ?? record.model);
  if (choice.kind === 'replay') {
    const what = 'replay is no model of its own';
    throw new InputError([{ file: '--model', line: null, id: null, what, mend: 'Name the model' }]);
  }
  const opened = await openModel(choice, project, openingBy(options, terminal));
  const { model } = opened;
  const read = () => readAgain(kept, record.corpus, project.root);
  const requestOf = (messages: Message[]) =>
    summaryRequest(
      prompts.summary,
      cutConversation(messages, loaded.study.longest ?? Number.POSITIVE_INFINITY).messages,
    );
  const store = sqliteStore(studyStoreFile(project));
  let failed = 0;
  try {
    if (opened.paid)
      await announceLines(
        missing(read(), requestOf, opened.model, store),
        opened,
        options.confirmAbove,
        terminal,
      );
    const concerns = await interruptible(terminal, async (signal) => {
      const onFailure = () => {
        failed += 1;
      };
      const asking = { model, store, signal, onFailure };
      // The offline model cannot write: its lines are made of fixed words, and groups of their commonest ones.
      const isOffline = choice.kind === 'embedded';
      const summarise = async (messages: Message[]) =>
        isOffline ? embeddedSummary(messages) : askLine(requestOf(messages), readSummary, asking);
      const name = async (lines: readonly string[]) =>
        isOffline ? null : askLine(nameRequest(prompts.groupName, lines), readName, asking);
      const lines = await linesOf(kept, read(), { summarise, concurrency: options.concurrency });
      const grouped = await groupConcerns(lines, { minGroup: options.minGroup, seed: SEED, name });
      return concernsRecord(grouped, {
        study: record.study.name,
        model: model.id,
        minGroup: options.minGroup,
        seed: SEED,
        withoutLine: kept.length - lines.length,
      });
    });
    writeWhole(concernsFile(folder), `${JSON.stringify(concerns, null, 2)}\n`);
    terminal.out(renderConcerns(concerns, terminal.chalk));
    if (failed > 0)
      terminal.err(`${plural(failed, 'question')} failed: type the same command to ask them again.\n`);
    return EXIT.held;
  } finally {
    store.close();
  }
}

async function* missing(
  batches: AsyncIterable<readonly FoundConversation[]>,
  requestOf: (messages: Message[]) => ModelRequest,
  model: Model,
  store: Store,
): AsyncGenerator<ModelRequest> {
  for await (const found of batches) {
    const requests = found.map(({ messages }) => requestOf(messages));
    yield* requests.filter((request) => store.get(lineKey(request, model)) === null);
  }
}

interface Summarising {
  summarise: (messages: Message[]) => Promise<string | null>;
  concurrency: number;
}

/** Summarises kept conversations as they are read again, so many at once. */
async function linesOf(
  kept: readonly KeptConversation[],
  batches: AsyncIterable<readonly FoundConversation[]>,
  { summarise, concurrency }: Summarising,
): Promise<ConcernLine[]> {
  const topicsOf = new Map(kept.map(({ conversation, topics }) => [conversation, topics]));
  const lines: ConcernLine[] = [];
  for await (const found of batches) {
    const queue = found.values();
    const inTurn = async () => {
      for (const { id, messages } of queue) {
        const line = await summarise(messages);
        if (line !== null) lines.push({ conversation: id, topics: topicsOf.get(id) ?? [], line });
      }
    };
    await Promise.all(Array.from({ length: concurrency }, inTurn));
  }
  return lines;
}
