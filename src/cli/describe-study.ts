import { type Command, Option } from 'commander';
import { share, wholeNumber } from './arguments.ts';
import { addAskingOptions } from './asking-options.ts';
import type { StudyCompareOptions } from './study-compare.ts';
import type { StudyReportOptions } from './study-report.ts';
import type { StudySampleOptions } from './study-sample.ts';
import type { StudyTopicsOptions } from './study-topics.ts';
import type { StudyRunOptions } from './study-work.ts';
import type { Terminal } from './terminal.ts';

/** Adds `touchstone study` and its commands to a program. */
export function describeStudy(
  program: Command,
  terminal: Terminal,
  finish: (exitCode: number) => void,
): void {
  const study = program
    .command('study')
    .description('count over a corpus what the suites count, corrected for their errors');

  const run = study
    .command('run')
    .description('ask the questions of a study about every conversation of a corpus')
    .argument('<corpus>', 'JSON Lines (plain, .gz, .zst) or Parquet: a file, a folder or a glob in quotes')
    .option('--model <model>', 'embedded, anthropic:<model>, or a provider of promptfoo', 'embedded')
    .option('--study <name>', 'studies/<name>.yaml', 'affective-use')
    .option('--out <dir>', 'where to write; .touchstone/study/<study>.<model> by default')
    .option(
      '--map <mapping>',
      'where records keep things: messages=turns,role=speaker,content=text,user=U,assistant=B',
    )
    .addOption(
      new Option('--max-bad <share>', 'stop before anything is spent where more records are bad')
        .argParser(percentage)
        .default(0.01, '1%'),
    )
    .option('--dry-run', 'say what it would take, and ask nothing')
    .addOption(
      new Option(
        '--kept-share <share>',
        'share of conversations that will be kept, where you know it',
      ).argParser(percentage),
    )
    .option('--limit <n>', 'only the first conversations', wholeNumber(1));
  addAskingOptions(run, { batch: 'through the Message Batches API: half the price' })
    .addHelpText(
      'after',
      `
Examples:
  touchstone study run corpus/ --dry-run
  touchstone study run "logs/2026-*.jsonl.gz" --model anthropic:claude-haiku-5-5 --batch --max-usd 500`,
    )
    .action(async (corpus: string, options: StudyRunOptions) => {
      const { studyRunCommand } = await import('./study-run.ts');
      finish(await studyRunCommand(corpus, options, terminal));
    });

  study
    .command('sample')
    .description('draw conversations to label, so that the figures can be corrected')
    .argument('<dir>', 'what study run wrote')
    .option('--n <n>', 'how many', wholeNumber(10), 300)
    .option('--seed <n>', 'of the draw', wholeNumber(0), 1)
    .option('--out <file>', 'the labelling file; <dir>/sample.jsonl by default')
    .addHelpText(
      'after',
      '\nExample:\n  touchstone study sample .touchstone/study/affective-use.embedded --n 300',
    )
    .action(async (dir: string, options: StudySampleOptions) => {
      const { studySampleCommand } = await import('./study-sample.ts');
      finish(await studySampleCommand(dir, options, terminal));
    });

  const topics = study
    .command('topics')
    .description('what people bring: concerns in one line each, grouped, shown for large groups only')
    .argument('<dir>', 'what study run wrote')
    .option('--model <model>', 'who summarises; the model of the study by default')
    .option('--min-group <n>', 'smallest group that is shown, in conversations', wholeNumber(2), 20);
  addAskingOptions(topics)
    .addHelpText('after', '\nExample:\n  touchstone study topics .touchstone/study/affective-use.embedded')
    .action(async (dir: string, options: StudyTopicsOptions) => {
      const { studyTopicsCommand } = await import('./study-topics.ts');
      finish(await studyTopicsCommand(dir, options, terminal));
    });

  study
    .command('report')
    .description('the figures, raw and corrected, and a page with them')
    .argument('<dir>', 'what study run wrote')
    .option('--labels <file>', 'a sample that was labelled; its corrections go before those by goldens')
    .option('--json', 'the figures as JSON and nothing else')
    .addHelpText('after', '\nExample:\n  touchstone study report .touchstone/study/affective-use.embedded')
    .action(async (dir: string, options: StudyReportOptions) => {
      const { studyReportCommand } = await import('./study-report.ts');
      finish(await studyReportCommand(dir, options, terminal));
    });

  study
    .command('compare')
    .description('what another prompt or model does to every figure, on the same conversations')
    .argument('<a>', 'what study run wrote')
    .argument('<b>', 'the same')
    .option('--moved <n>', 'so many conversations that moved are named for each figure', wholeNumber(0), 5)
    .option('--json', 'the figures as JSON and nothing else')
    .addHelpText('after', '\nExample:\n  touchstone study compare study/before study/after')
    .action(async (a: string, b: string, options: StudyCompareOptions) => {
      const { studyCompareCommand } = await import('./study-compare.ts');
      finish(await studyCompareCommand(a, b, options, terminal));
    });
}

/** `1%` or `0.01`. */
function percentage(text: string): number {
  const percent = /^(\d+(?:\.\d+)?)%$/.exec(text.trim());
  return share(percent === null ? text : String(Number(percent[1]) / 100));
}
