import { parentPort, workerData } from 'node:worker_threads';
import { readFirst } from '../corpus/read-first.ts';
import { IncompleteRunError, InputError } from '../errors/errors.ts';
import { sqliteStore } from '../store/sqlite-store.ts';
import { studyQuestions } from './ask-conversation.ts';
import { lookUp } from './look-up.ts';
import { BATCHES_AHEAD, type FromLookUp, type LookUpPlan } from './look-up-messages.ts';

/** A thread of its own that reads a corpus, makes its questions and looks up what is on record. */
if (parentPort === null) throw new Error('this file is the start of a thread');
const port = parentPort;
const say = (message: FromLookUp) => port.postMessage(message);

let ahead = 0;
let goOn = () => {};
port.on('message', () => {
  ahead -= 1;
  goOn();
});

const { study, files, mapping, limit, store: file, model }: LookUpPlan = workerData;
const questions = studyQuestions(study);
const store = sqliteStore(file);
try {
  for await (const records of readFirst(files, { mapping, limit })) {
    say({ kind: 'batch', batch: lookUp(records, questions, store, model) });
    ahead += 1;
    if (ahead < BATCHES_AHEAD) continue;
    await new Promise<void>((resolve) => {
      goOn = resolve;
    });
  }
  say({ kind: 'end' });
} catch (error) {
  if (error instanceof InputError) say({ kind: 'input', problems: error.problems });
  else if (error instanceof IncompleteRunError)
    say({ kind: 'incomplete', what: error.message, mend: error.mend });
  else throw error;
} finally {
  store.close();
  port.close();
}
