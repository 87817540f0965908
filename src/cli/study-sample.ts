import { existsSync } from 'node:fs';
import path from 'node:path';
import { EXIT, InputError } from '../errors/errors.ts';
import { findProject } from '../project/project.ts';
import { hangingLine } from '../report/terminal/hanging-line.ts';
import { safeText } from '../report/terminal/safe-text.ts';
import { plural } from '../score/metric-text.ts';
import { readStudyRecord } from '../study/record-files.ts';
import { sampleRows } from '../study/results/sample-rows.ts';
import { findConversations } from '../study/sample/find-conversations.ts';
import { readSampleAnswers } from '../study/sample/sample-answers.ts';
import { keyFileOf, sampleFiles } from '../study/sample/sample-files.ts';
import { loadStudyOf } from './load-study-of.ts';
import type { Terminal } from './terminal.ts';
import { writeWhole } from './write-whole.ts';

export interface StudySampleOptions {
  n: number;
  seed: number;
  out?: string;
}

/**
 * `touchstone study sample`: draws conversations at random, more of those with rare labels, and writes a file in which
 * they are labelled, and beside it the key that says what the model answered. Neither replaces a file: somebody may
 * have labelled it.
 */
export async function studySampleCommand(
  dir: string,
  options: StudySampleOptions,
  terminal: Terminal,
): Promise<number> {
  const project = findProject(terminal.cwd);
  const folder = path.resolve(terminal.cwd, dir);
  const record = readStudyRecord(folder, dir);
  const out =
    options.out === undefined ? path.join(folder, 'sample.jsonl') : path.resolve(terminal.cwd, options.out);
  const shown = (file: string) => path.relative(terminal.cwd, file) || '.';
  const keyFile = keyFileOf(out);
  refuseExisting([out, keyFile], shown);
  const { tasks } = loadStudyOf(record, project, terminal);
  const rows = await sampleRows(folder, record.study, tasks, { n: options.n, seed: options.seed });
  const answers = await readSampleAnswers(folder, record.study, tasks, rows);
  const messages = await findConversations(rows, record.corpus, project.root);
  const { labelling, key } = sampleFiles({ record, tasks, seed: options.seed, rows, answers, messages });
  writeWhole(keyFile, key);
  writeWhole(out, labelling);
  const strata = answers.strata.map(
    ({ name, size, sampled }) => `${sampled} of ${size.toLocaleString('en')} ${name}`,
  );
  terminal.out(
    [
      hangingLine(
        '',
        `${plural(rows.length, 'conversation')} drawn by what the model answered: ${safeText(strata.join(', '))}`,
        terminal.columns,
      ),
      `to label: ${safeText(shown(out))} (it holds the conversations' text, not the model's answers)`,
      `key:      ${safeText(shown(keyFile))} (keep it beside; who labels should not see it)`,
      'Fill in the nulls of "labels" on every line, then type',
      `  touchstone study report ${safeText(dir)} --labels ${safeText(shown(out))}`,
      '',
    ].join('\n'),
  );
  return EXIT.held;
}

function refuseExisting(files: readonly string[], shown: (file: string) => string): void {
  const mend = 'Somebody may have labelled it: move it, or name another with --out';
  const problems = files.filter(existsSync).map((file) => {
    return { file: shown(file), line: null, id: null, what: 'is there already', mend };
  });
  if (problems.length > 0) throw new InputError(problems);
}
