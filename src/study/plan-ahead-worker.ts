import { parentPort, workerData } from 'node:worker_threads';
import type { CorpusConversation } from '../corpus/corpus-record.ts';
import { readFirst } from '../corpus/read-first.ts';
import { IncompleteRunError, InputError } from '../errors/errors.ts';
import { studyQuestions } from './ask-conversation.ts';
import { type AheadPlan, BATCHES_AHEAD, type FromAhead, type ToAhead } from './plan-ahead-messages.ts';
import { planConversation } from './plan-conversation.ts';

/** A thread of its own that reads a corpus and makes the first question about each conversation. */
if (parentPort === null) throw new Error('this file is the start of a thread');
const port = parentPort;
const say = (message: FromAhead) => port.postMessage(message);

/** Of the batches that were said, until it is known which of them are wanted. */
const held: CorpusConversation[][] = [];
let goOn = () => {};
port.on('message', ({ wanted }: ToAhead) => {
  const conversations = held.shift() ?? [];
  if (wanted.length > 0)
    say({ kind: 'conversations', conversations: wanted.flatMap((index) => conversations[index] ?? []) });
  goOn();
});
const heldAtMost = async (count: number) => {
  while (held.length > count)
    await new Promise<void>((resolve) => {
      goOn = resolve;
    });
};

const { study, files, mapping, limit }: AheadPlan = workerData;
const questions = studyQuestions(study);
try {
  for await (const records of readFirst(files, { mapping, limit })) {
    const conversations = records.flatMap((each) => (each.kind === 'bad' ? [] : [each.conversation]));
    const planned = conversations.map((conversation) => planConversation(questions, conversation));
    held.push(conversations);
    say({ kind: 'batch', planned, bad: records.filter((record) => record.kind === 'bad') });
    await heldAtMost(BATCHES_AHEAD - 1);
  }
  await heldAtMost(0);
  say({ kind: 'end' });
} catch (error) {
  if (error instanceof InputError) say({ kind: 'input', problems: error.problems });
  else if (error instanceof IncompleteRunError)
    say({ kind: 'incomplete', what: error.message, mend: error.mend });
  else throw error;
} finally {
  port.close();
}
