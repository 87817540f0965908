import { batchRequest, requestBytes } from '../batch/batch-request.ts';
import type { CorpusConversation, CorpusRecord } from '../corpus/corpus-record.ts';
import {
  badShare,
  brokenOffProblems,
  NOTHING_READ,
  percentBad,
  type Tally,
  tallied,
} from '../corpus/tally.ts';
import { InputError } from '../errors/errors.ts';
import type { ModelRequest } from '../model/model.ts';
import { requestCharacters } from '../plan/request-characters.ts';
import type { Answer } from '../schema/run-record.ts';
import { seededRandom, seedFor } from '../statistics/random.ts';
import { reservoir } from '../statistics/reservoir.ts';
import { type StudyQuestion, type StudyQuestions, studyQuestions } from './ask-conversation.ts';
import { countHuman } from './funnel.ts';
import type { LoadedStudy } from './load-study.ts';
import { openSizes, type SizeSum } from './size-classes.ts';
import { type Stage, stageName, stagesOf } from './stages.ts';

/** What one stage has to ask of a corpus. */
export interface StageMeasure extends Stage {
  /** Questions that are asked for certain: those whose conversations are known to enter the stage. */
  certain: SizeSum;
  /** Conversations that may enter the stage: nothing is recorded yet of whether they are kept. */
  possible: number;
  /** The questions of a random sample of those. */
  sampled: SizeSum;
  /** Bytes of a request in a batch for each of its characters; 1 where no question was seen. */
  bytesPerCharacter: number;
}

/** What asking a study's questions of a corpus involves. */
export interface CorpusMeasure extends Pick<Tally, 'conversations' | 'bad'> {
  /** Conversations that are cut to the study's `longest`. */
  cut: number;
  /** Conversations whose first question has an answer on record, and those of them that are kept. */
  recorded: { conversations: number; kept: number };
  /** In the study's order, the selecting one first. */
  stages: StageMeasure[];
  /** A random sample of the conversations without an answer on record, for counting tokens. */
  sample: CorpusConversation[];
}

export interface MeasureOptions {
  study: LoadedStudy;
  /** Answer on record; null where there is none. */
  recorded: (question: StudyQuestion) => Answer | null;
  /** Share of bad records from which on nothing is asked, 0 ... 1. */
  maxBad: number;
  /** Where bad records are named: the file as shown to the user, and what writes into it. */
  badRecords: { shown: string; write(record: Extract<CorpusRecord, { kind: 'bad' }>): void };
  /** Conversations that there are at most; null where nobody knows. */
  most: number | null;
  seed: number;
  signal: AbortSignal;
  onProgress: (conversations: number) => void;
}

/** Conversations whose tokens are counted. */
const COUNTED = 12;
/** Conversations whose later questions are measured; a later stage asks of few, so of few it need be known. */
const MEASURED = 1024;

/**
 * Reads a corpus once and tells what the study has to ask of it. Nothing is asked, and memory does not grow with the
 * corpus: two random samples of it are held.
 *
 * A conversation that the corpus has twice is counted twice, though it is asked about once.
 *
 * @throws InputError where more than `maxBad` of the records are bad: as soon as that is sure, at the latest at the end;
 *   and where a file can be read in part only
 */
export async function measureCorpus(
  batches: AsyncIterable<readonly CorpusRecord[]>,
  options: MeasureOptions,
): Promise<CorpusMeasure> {
  const { study, badRecords, signal, onProgress } = options;
  const measuring = openMeasuring(options, studyQuestions(study));
  let tally = NOTHING_READ;
  for await (const records of batches) {
    signal.throwIfAborted();
    tally = tallied(tally, records);
    for (const record of records) {
      if (record.kind === 'bad') badRecords.write(record);
      else measuring.add(record.conversation);
    }
    if (options.most !== null) refuseBad({ ...tally, conversations: options.most }, tally, options);
    onProgress(tally.conversations);
  }
  refuseBad(tally, tally, options);
  const brokenOff = brokenOffProblems(tally, options.maxBad);
  if (brokenOff.length > 0) throw new InputError(brokenOff);
  return { conversations: tally.conversations, bad: tally.bad, ...measuring.measured() };
}

function openMeasuring({ study, recorded, seed }: MeasureOptions, questions: StudyQuestions) {
  const [select, ...later] = stagesOf(study).map((stage) => {
    return {
      stage,
      certain: openSizes(),
      possible: 0,
      sampled: openSizes(),
      batched: { characters: 0, bytes: 0 },
    };
  });
  if (select === undefined) throw new Error('a study has a first stage');
  const all = [select, ...later];
  const sample = reservoir<CorpusConversation>(COUNTED, seededRandom(seedFor(seed, 'counted')));
  const sized = reservoir<{ name: string; request: Sized }[]>(MEASURED, seededRandom(seedFor(seed, 'sized')));
  const counts = { cut: 0, recorded: { conversations: 0, kept: 0 } };

  const addUnanswered = (conversation: CorpusConversation, first: StudyQuestion) => {
    select.certain.add(requestCharacters(first.request));
    sample.offer(() => conversation);
    sized.offer(() => [
      { name: select.stage.name, request: sizeOf(first) },
      ...questions.further(conversation).map((each) => ({ name: stageName(each), request: sizeOf(each) })),
    ]);
    const human = countHuman(conversation.messages);
    for (const stage of later) stage.possible += human >= stage.stage.humanMessages ? 1 : 0;
  };
  const addAnswered = (conversation: CorpusConversation, answer: Answer) => {
    counts.recorded.conversations += 1;
    if (questions.leaves(answer, countHuman(conversation.messages)) !== null) return;
    counts.recorded.kept += 1;
    for (const question of questions.further(conversation)) {
      if (recorded(question) !== null) continue;
      const stage = later.find(({ stage: { name } }) => name === stageName(question));
      stage?.certain.add(requestCharacters(question.request));
      note(stage, sizeOf(question));
    }
  };
  const note = (stage: (typeof all)[number] | undefined, { characters, bytes }: Sized) => {
    if (stage === undefined) return;
    stage.batched.characters += characters;
    stage.batched.bytes += bytes;
  };

  return {
    add: (conversation: CorpusConversation) => {
      counts.cut += questions.isCut(conversation) ? 1 : 0;
      const first = questions.first(conversation);
      const answer = recorded(first);
      if (answer === null) addUnanswered(conversation, first);
      else addAnswered(conversation, answer);
    },
    measured: (): Omit<CorpusMeasure, 'conversations' | 'bad'> => {
      for (const { name, request } of sized.drawn().flat()) {
        const stage = all.find((each) => each.stage.name === name);
        if (stage !== select) stage?.sampled.add(request.characters);
        note(stage, request);
      }
      const stages = all.map(({ stage, certain, possible, sampled, batched }): StageMeasure => {
        const bytesPerCharacter = batched.characters === 0 ? 1 : batched.bytes / batched.characters;
        return { ...stage, certain: certain.sum(), possible, sampled: sampled.sum(), bytesPerCharacter };
      });
      return { ...counts, stages, sample: [...sample.drawn()] };
    },
  };
}

interface Sized {
  characters: number;
  bytes: number;
}

/** The model's name is left out: it is a few bytes of thousands. */
function sizeOf({ request, requestHash }: { request: ModelRequest; requestHash: string }): Sized {
  const bytes = requestBytes(batchRequest({ case: { request, requestHash }, repeat: 0 }, ''));
  return { characters: requestCharacters(request), bytes };
}

function refuseBad(
  atBest: Tally,
  { conversations, bad }: Tally,
  { maxBad, badRecords }: Pick<MeasureOptions, 'maxBad' | 'badRecords'>,
): void {
  if (badShare(atBest) <= maxBad) return;
  const share = percentBad(badShare({ conversations, bad }));
  const what = `${bad} of ${conversations + bad} records read are bad: ${share}, more than --max-bad ${percentBad(maxBad)}`;
  const mend =
    'The file names each: mend them, say with --map where they keep things, or raise --max-bad. Nothing was asked';
  throw new InputError([{ file: badRecords.shown, line: null, id: null, what, mend }]);
}
