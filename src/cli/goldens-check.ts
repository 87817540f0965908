import path from 'node:path';
import { EXIT, InputError } from '../errors/errors.ts';
import { type CheckedGoldens, checkGoldens } from '../goldens-check/check-goldens.ts';
import type { Severity } from '../goldens-check/finding.ts';
import { promptFiles, readPassages } from '../goldens-check/prompt-passages.ts';
import { findProject } from '../project/project.ts';
import { renderGoldensCheck } from '../report/terminal/goldens-check.ts';
import { safeJson } from '../report/terminal/safe-text.ts';
import { loadSuites } from '../suite/load.ts';
import type { Terminal } from './terminal.ts';

export interface GoldensCheckOptions {
  goldens?: string;
  threshold: number;
  json?: boolean;
  withText?: boolean;
  strict?: boolean;
  all?: boolean;
}

export async function goldensCheckCommand(options: GoldensCheckOptions, terminal: Terminal): Promise<number> {
  const project = findProject(terminal.cwd);
  const directory = path.resolve(terminal.cwd, options.goldens ?? project.goldens);
  const shown = (file: string) => path.relative(terminal.cwd, file) || '.';
  const { suites, problems } = loadSuites(project.suites, [], shown);
  const prompts = promptFiles(suites.map(({ suite }) => path.join(project.root, suite.prompt)));
  const passages = prompts.map((file) => readPassages(file, shown(file)));
  problems.push(...passages.flatMap((each) => each.problems));
  if (problems.length > 0) throw new InputError(problems);
  const checked = await checkGoldens({
    directory,
    suites,
    passages: passages.flatMap((each) => each.passages),
    threshold: options.threshold,
    withText: options.withText === true,
    shown,
  });
  const { chalk, columns } = terminal;
  if (options.json) printJson(checked, shown(directory), terminal);
  else
    terminal.out(
      renderGoldensCheck(checked, shown(directory), { chalk, columns, all: options.all === true }),
    );
  const has = (severity: Severity) => checked.findings.some((finding) => finding.severity === severity);
  return has('error') || (options.strict === true && has('warning')) ? EXIT.notHeld : EXIT.held;
}

/** A finding a line, so that no string holds all of a hundred thousand. */
function printJson(checked: CheckedGoldens, goldens: string, { out }: Terminal): void {
  const { findings, ...rest } = checked;
  const head = { touchstone: 'goldens-check', version: 1, goldens, ...rest };
  out(`${safeJson(head).slice(0, -1)},"findings":[`);
  for (const [index, finding] of findings.entries()) out(`${index === 0 ? '' : ','}\n${safeJson(finding)}`);
  out('\n]}\n');
}
