import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promptfooEnvironment } from '../ask/promptfoo.ts';
import { EXIT, IncompleteRunError, InputError } from '../errors/errors.ts';
import { findProject } from '../project/project.ts';
import { listRecords, readRecord } from '../record/record-files.ts';
import { loadSuites } from '../suite/load.ts';
import { keepRun } from '../view/keep-run.ts';
import type { Terminal } from './terminal.ts';

export interface ViewOptions {
  port: number;
  open?: boolean;
}

/** `touchstone view`: the runs in promptfoo's own viewer, on loopback alone, until it is stopped. */
export async function viewCommand(
  files: string[],
  options: ViewOptions,
  terminal: Terminal,
): Promise<number> {
  const project = findProject(terminal.cwd);
  const shown = (file: string) => path.relative(terminal.cwd, file) || '.';
  const { suites, problems } = loadSuites(project.suites, [], shown);
  if (problems.length > 0) throw new InputError(problems);
  const newest = suites.flatMap(({ suite }) => listRecords(project.runs, suite.name).slice(0, 1));
  const chosen = files.length > 0 ? files.map((file) => path.resolve(terminal.cwd, file)) : newest;
  if (chosen.length === 0) {
    throw new InputError([
      {
        file: shown(project.runs),
        line: null,
        id: null,
        what: 'no run to view',
        mend: 'Run one first: touchstone run',
      },
    ]);
  }
  const runs = chosen.map((file) => ({ run: readRecord(file, shown(file)), name: path.basename(file) }));
  for (const { run, name } of runs) await keepRun(run, name, project.promptfoo);

  const port = String(options.port);
  const viewer = spawn(
    process.execPath,
    [
      '--disable-warning=ExperimentalWarning',
      '--import',
      preloadUrl(),
      promptfooProgram(),
      'view',
      '--port',
      port,
      options.open === true ? '--yes' : '--no',
    ],
    {
      cwd: project.state,
      env: { ...terminal.env, ...promptfooEnvironment(project.promptfoo) },
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  );
  terminal.out(`http://127.0.0.1:${port}/eval  ${runs.length} runs in promptfoo's viewer; Ctrl-C ends it\n`);
  const stop = () => void viewer.kill('SIGTERM');
  process.on('SIGINT', stop).on('SIGTERM', stop);
  const code = await new Promise<number | null>((resolve) => viewer.on('close', resolve));
  process.off('SIGINT', stop).off('SIGTERM', stop);
  if (code !== null && code !== 0)
    throw new IncompleteRunError(
      "promptfoo's viewer ended with an error.",
      `Is port ${port} taken? Give another with --port.`,
    );
  return EXIT.held;
}

/** The preload beside this program's own files, whether they are sources or built. */
function preloadUrl(): string {
  return new URL(`../view/viewer-preload${path.extname(import.meta.url)}`, import.meta.url).href;
}

function promptfooProgram(): string {
  const entry = createRequire(import.meta.url).resolve('promptfoo');
  const program = path.join(path.dirname(entry), 'entrypoint.js');
  if (!existsSync(program))
    throw new Error(`promptfoo has no ${fileURLToPath(new URL(`file://${program}`))}`);
  return program;
}
