import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { fitHelp, helpLayout } from './help-layout.ts';

function helpOn(columns: number): string {
  let shown = '';
  const program = new Command('demo')
    .description('asks every question about each conversation, and says what it found there')
    .configureHelp(helpLayout(columns))
    .configureOutput({
      writeOut: (text) => {
        shown += fitHelp(text, columns);
      },
    })
    .option('--kept-share <share>', 'share of conversations that will be kept, where you know it')
    .addHelpText(
      'after',
      '\nExamples:\n  demo --kept-share 0.05 corpus.jsonl    where one in twenty is kept',
    );
  program.outputHelp();
  return shown;
}

const wordsOf = (text: string) => text.split(/\s+/);

describe('help', () => {
  it('has descriptions beside the terms where there is room, else below, and loses no word', () => {
    const wide = helpOn(100);
    expect(wide).toContain(
      '  --kept-share <share>  share of conversations that will be kept, where you know it',
    );
    for (const columns of [40, 60, 80]) {
      const narrow = helpOn(columns);
      expect(wordsOf(narrow)).toEqual(wordsOf(wide));
      for (const line of narrow.split('\n')) expect(line.length).toBeLessThanOrEqual(columns);
    }
    expect(helpOn(50)).toContain('  --kept-share <share>\n      share of conversations that will be kept,\n');
  });

  it('breaks paragraphs anew that were broken by hand', () => {
    const text =
      'Errors are whatever keeps the goldens\nfrom being read, and a golden in a prompt.\n\n  a list';
    expect(fitHelp(text, 30)).toBe(
      'Errors are whatever keeps the\ngoldens from being read, and a\ngolden in a prompt.\n\n  a list',
    );
    expect(fitHelp(text, 100)).toBe(text);
  });
});
