import path from 'node:path';
import { EXIT, InputError } from '../errors/errors.ts';
import type { Problem } from '../errors/problem.ts';
import { findProject, type Project } from '../project/project.ts';
import { safeText } from '../report/terminal/safe-text.ts';
import { renderStudy } from '../report/terminal/study-report.ts';
import type { StudyRecord } from '../schema/study-record.ts';
import { figuresOf } from '../study/figures/figures-of.ts';
import { readGoldenErrors } from '../study/golden-errors.ts';
import { type LabelledSample, readLabelledSample } from '../study/labelled-sample.ts';
import { readConcerns } from '../study/read-concerns.ts';
import { readStudyRecord } from '../study/record-files.ts';
import { loadStudyOf } from './load-study-of.ts';
import type { Terminal } from './terminal.ts';

export interface StudyReportOptions {
  /** A labelling file. */
  labels?: string;
  json?: boolean;
}

/**
 * `touchstone study report`: a study's figures, raw and corrected as far as anything is known of its errors, as tables
 * and as a page beside its record. Asks nothing.
 */
export async function studyReportCommand(
  dir: string,
  options: StudyReportOptions,
  terminal: Terminal,
): Promise<number> {
  const project = findProject(terminal.cwd);
  const folder = path.resolve(terminal.cwd, dir);
  const record = readStudyRecord(folder, dir);
  const shown = (file: string) => path.relative(terminal.cwd, file) || '.';
  const goldens = readGoldenErrors(record, project, shown);
  const { sample, problems } = readSample(record, options, project, terminal);
  if (goldens.problems.length + problems.length > 0) throw new InputError([...goldens.problems, ...problems]);
  const found = figuresOf(record, { goldens: goldens.errors, sample });
  const figures = { ...found, cautions: [...found.cautions, ...goldens.cautions] };
  if (options.json === true) {
    terminal.out(`${JSON.stringify({ record, figures })}\n`);
    return EXIT.held;
  }
  terminal.out(renderStudy(record, figures, terminal));
  // The charts' library is heavy, so only who wants a page loads it.
  const { writeStudyPage } = await import('./write-study-page.ts');
  const page = path.join(folder, 'report.html');
  writeStudyPage({ record, figures, concerns: readConcerns(folder, dir) }, page);
  terminal.out(`${terminal.chalk.dim(`report: ${safeText(shown(page))}`)}\n`);
  return EXIT.held;
}

function readSample(
  record: StudyRecord,
  { labels }: StudyReportOptions,
  project: Project,
  terminal: Terminal,
): { sample: LabelledSample | null; problems: Problem[] } {
  if (labels === undefined) return { sample: null, problems: [] };
  const { tasks } = loadStudyOf(record, project, terminal);
  const shown = (file: string) => path.relative(terminal.cwd, file) || '.';
  return readLabelledSample(path.resolve(terminal.cwd, labels), record, tasks, shown);
}
