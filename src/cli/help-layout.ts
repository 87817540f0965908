import { Help, type HelpConfiguration } from 'commander';
import wrapAnsi from 'wrap-ansi';

/** Help is laid out for so many columns, and takes no more of a wider terminal. */
const WIDE = 100;

/** Columns that a description has at least beside what it describes; else it stands below. */
const BESIDE = 30;

/** Of a description that stands below. */
const INDENT = ' '.repeat(6);

/** How commander lays out help on so many columns: where they are few, without a word being broken at the edge. */
export function helpLayout(columns: number): HelpConfiguration {
  const helpWidth = Math.min(columns, WIDE);
  if (columns >= WIDE) return { helpWidth };
  return {
    helpWidth,
    minWidthToWrap: 1,
    formatItem(term, termWidth, description, helper) {
      if (description === '' || helpWidth - termWidth - 4 >= BESIDE)
        return Help.prototype.formatItem.call(helper, term, termWidth, description, helper);
      const lines = helper.boxWrap(description, Math.max(1, helpWidth - INDENT.length)).split('\n');
      return [`  ${term}`, ...lines.map((line) => `${INDENT}${line.trimStart()}`)].join('\n');
    },
  };
}

/** Help whose paragraphs were broken by hand for more columns than there are: they are broken anew. */
export function fitHelp(text: string, columns: number): string {
  if (columns >= WIDE) return text;
  const paragraphs: string[] = [];
  for (const line of text.split('\n')) {
    const before = paragraphs.at(-1) ?? '';
    if (before.length > columns && isProse(before) && isProse(line))
      paragraphs.splice(-1, 1, `${before} ${line}`);
    else paragraphs.push(...(line.length > columns ? remarkBelow(line) : [line]));
  }
  return paragraphs.map((line) => (isProse(line) ? wrapAnsi(line, Math.max(20, columns)) : line)).join('\n');
}

/** A command and, some spaces behind it, what it does. */
function remarkBelow(line: string): string[] {
  const [, indent = '', command = '', remark = ''] = /^( +)(\S.{10,}?) {2,}(\S.*)$/.exec(line) ?? [];
  return remark === '' ? [line] : [`${indent}${command}`, `${indent}    ${remark}`];
}

function isProse(line: string): boolean {
  return /^\S/.test(line);
}
