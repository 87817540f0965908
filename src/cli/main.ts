import { readFileSync } from 'node:fs';
import { Command, CommanderError } from 'commander';
import { EXIT, IncompleteRunError, InputError } from '../errors/errors.ts';
import { systemRefusal } from '../errors/system-refusal.ts';
import { safeText } from '../report/terminal/safe-text.ts';
import { describeBaseline } from './describe-baseline.ts';
import { describeBatches } from './describe-batches.ts';
import { describeCi } from './describe-ci.ts';
import { describeGoldens } from './describe-goldens.ts';
import { describeInit } from './describe-init.ts';
import { describeLoop } from './describe-loop.ts';
import { describePlanning } from './describe-planning.ts';
import { describeReport } from './describe-report.ts';
import { describeRun } from './describe-run.ts';
import { describeStudy } from './describe-study.ts';
import { fitHelp, helpLayout } from './help-layout.ts';
import { processTerminal, type Terminal } from './terminal.ts';

const EXIT_CODES = `
Exit codes:
  0  the gate holds
  1  it does not: a rule regressed, or is undecided and the suite blocks on that
  2  the input is wrong: suite, prompt, goldens or arguments; nothing was asked
  3  the run could not be completed; what was answered is kept, the same command resumes`;

/** Runs the command line and gives its exit code. Never throws for what a user can cause. */
export async function main(argv: readonly string[], terminal: Terminal = processTerminal()): Promise<number> {
  let exitCode: number = EXIT.held;
  const program = describeProgram(terminal, (code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync(argv, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.held : EXIT.wrongInput;
    if (error instanceof InputError) {
      const count = error.problems.length;
      terminal.err(
        `${safeText(error.message)}\n${count === 1 ? '1 problem' : `${count} problems`}; nothing was run.\n`,
      );
      return error.exitCode;
    }
    if (error instanceof IncompleteRunError) {
      terminal.err(`${safeText(error.message)}\n${safeText(error.mend)}\n`);
      return error.exitCode;
    }
    const refusal = systemRefusal(error);
    if (refusal === null) throw error;
    terminal.err(
      `${safeText(refusal)}\nMend that, and type the same command again; what was answered is kept.\n`,
    );
    return EXIT.incomplete;
  }
}

function describeProgram(terminal: Terminal, finish: (exitCode: number) => void): Command {
  const program = new Command('touchstone')
    .description('A regression gate for prompts that classify conversations.')
    .version(packageVersion())
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.out(fitHelp(text, terminal.columns)),
      writeErr: terminal.err,
    })
    .configureHelp(helpLayout(terminal.columns))
    .showHelpAfterError('(--help shows what there is)')
    .addHelpText('after', EXIT_CODES);

  const groups = [
    describeRun,
    describeLoop,
    describeBaseline,
    describeReport,
    describePlanning,
    describeBatches,
    describeCi,
    describeStudy,
    describeGoldens,
    describeInit,
  ];
  for (const describe of groups) describe(program, terminal, finish);
  return program;
}

/** The version of the package, whether it runs from `src/` or from `dist/`. */
function packageVersion(): string {
  const file = new URL('../../package.json', import.meta.url);
  return String(JSON.parse(readFileSync(file, 'utf8')).version);
}
