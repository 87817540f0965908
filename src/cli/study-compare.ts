import path from 'node:path';
import { EXIT, InputError } from '../errors/errors.ts';
import { findProject } from '../project/project.ts';
import { renderStudyComparison } from '../report/terminal/study-comparison.ts';
import { compareStudies, refuseOtherStudy } from '../study/compare-studies.ts';
import { readStudyRecord } from '../study/record-files.ts';
import { compareResults } from '../study/results/compare-results.ts';
import { loadStudyOf } from './load-study-of.ts';
import type { Terminal } from './terminal.ts';

export interface StudyCompareOptions {
  /** Conversations that are named for each figure. */
  moved: number;
  json?: boolean;
}

/** `touchstone study compare`: every figure of a study under two prompts or models, on the same conversations. */
export async function studyCompareCommand(
  a: string,
  b: string,
  options: StudyCompareOptions,
  terminal: Terminal,
): Promise<number> {
  const project = findProject(terminal.cwd);
  const [before, after] = [path.resolve(terminal.cwd, a), path.resolve(terminal.cwd, b)];
  const baseline = readStudyRecord(before, a);
  const candidate = readStudyRecord(after, b);
  refuseOtherStudy({ record: baseline, shown: a }, { record: candidate, shown: b });
  const { study } = candidate;
  const { tasks } = loadStudyOf(candidate, project, terminal);
  const results = await compareResults(before, after, study, tasks, { mostMoved: options.moved });
  if (results.overlap.both === 0) {
    const what = `has no conversation that ${a} has`;
    throw new InputError([{ file: b, line: null, id: null, what, mend: 'Compare studies of one corpus' }]);
  }
  const comparison = compareStudies(baseline, candidate, results);
  if (options.json === true) {
    const side = (dir: string, { model, prompts, corpus, git }: typeof baseline) => ({
      dir,
      model,
      prompts,
      corpus,
      git,
    });
    const sides = { baseline: side(a, baseline), candidate: side(b, candidate) };
    const content = {
      touchstone: 'study-comparison',
      version: 1,
      study: study.name,
      ...sides,
      ...comparison,
    };
    terminal.out(`${JSON.stringify(content)}\n`);
  } else {
    const names = {
      study: study.name,
      baseline: `${a} (${baseline.model})`,
      candidate: `${b} (${candidate.model})`,
    };
    terminal.out(renderStudyComparison(names, comparison, terminal));
  }
  return EXIT.held;
}
