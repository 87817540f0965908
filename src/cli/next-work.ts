import path from 'node:path';
import type { AskedSuite } from '../active-learning/ask-pool.ts';
import { countGoldens } from '../active-learning/count-goldens.ts';
import { type CorpusFile, findCorpusFiles } from '../corpus/find-files.ts';
import { type Mapping, parseMapping } from '../corpus/mapping.ts';
import { InputError } from '../errors/errors.ts';
import type { Problem } from '../errors/problem.ts';
import { readFileBytes } from '../goldens/file-bytes.ts';
import { readConversations, readGoldens } from '../goldens/load.ts';
import type { Project } from '../project/project.ts';
import { type Prompt, readPrompt } from '../prompt/load.ts';
import type { Conversation } from '../schema/conversation.ts';
import { type LoadedSuite, loadSuites } from '../suite/load.ts';
import { type ComparedModel, openModels } from './compare-models.ts';
import type { NextOptions } from './goldens-next.ts';
import type { Terminal } from './terminal.ts';
import { refuseOther } from './write-batch.ts';

/** All that choosing conversations needs, checked. */
export interface NextWork {
  files: CorpusFile[];
  mapping: Mapping | null;
  suites: AskedSuite[];
  models: ComparedModel[];
  goldens: Map<string, Conversation>;
  /** How many goldens a cell has. */
  inGoldens: (cell: string) => number;
  /** Absolute. */
  out: string;
}

/**
 * Reads and checks suites, prompts, goldens, models and where the corpus lies. Goldens need not have a label yet.
 *
 * @throws InputError with all problems of all of them; nothing was asked
 */
export async function readNextWork(
  names: readonly string[],
  options: NextOptions,
  project: Project,
  terminal: Terminal,
): Promise<NextWork> {
  const shown = (file: string) => path.relative(terminal.cwd, file) || '.';
  const problems: Problem[] = [];
  const attempt = <T>(read: () => T): T | null => {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      problems.push(...error.problems);
      return null;
    }
  };
  const out = path.resolve(terminal.cwd, options.out);
  attempt(() => refuseOther(out, shown(out)));
  const files = attempt(() => findCorpusFiles(options.from, terminal.cwd));
  const mapping = options.map === undefined ? null : attempt(() => parseMapping(options.map ?? ''));
  const loaded = loadSuites(project.suites, names, shown);
  problems.push(...loaded.problems);
  const prompts = options.prompt ?? [];
  if (prompts.length > 0 && loaded.suites.length > 1) {
    const mend = 'Name the suite: touchstone goldens next SUITE --from CORPUS --prompt FILE';
    problems.push({ file: '--prompt', line: null, id: null, what: 'is for one suite', mend });
  }
  const directory = path.resolve(terminal.cwd, options.goldens ?? project.goldens);
  const conversations = readConversations(directory, shown);
  problems.push(...conversations.problems);
  const suites = loaded.suites.map((suite) => {
    const own = path.join(project.root, suite.suite.prompt);
    const places = prompts.length === 0 ? [own] : prompts.map((file) => path.resolve(terminal.cwd, file));
    const read = readGoldens(directory, suite.task, suite.labels, { conversations, shown });
    problems.push(...read.problems);
    const labels = read.goldens?.labels ?? [];
    return { ...askedSuite(suite, places, problems, shown), labels };
  });
  const opened = await openModels({ ...options, model: options.model ?? ['embedded'] }, project, terminal);
  problems.push(...opened.problems, ...opened.models.filter(({ isReplay }) => isReplay).map(noReplay));
  if (problems.length > 0 || files === null || conversations.value === null) throw new InputError(problems);
  const goldens = conversations.value.byId;
  const inGoldens = countGoldens(goldens.values(), suites);
  return { files, mapping, suites, models: opened.models, goldens, inGoldens, out };
}

function askedSuite(
  { suite, task }: LoadedSuite,
  files: readonly string[],
  problems: Problem[],
  shown: (file: string) => string,
): AskedSuite {
  const prompts = files.flatMap((file): Prompt[] => {
    const bytes = readFileBytes(file, shown(file));
    const read =
      bytes.value === null ? { prompt: null, ...bytes } : readPrompt(bytes.value, shown(file), task);
    problems.push(...read.problems);
    return read.prompt === null ? [] : [read.prompt];
  });
  return { suite: suite.name, task, prompts };
}

function noReplay(): Problem {
  const mend = 'Name the model itself: its answers on record are not asked again';
  return { file: '--model', line: null, id: null, what: 'replay has no answers about a corpus', mend };
}
