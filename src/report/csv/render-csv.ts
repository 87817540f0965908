import { stringify } from 'csv-stringify/sync';
import { showValue } from '../../compare/flips.ts';
import type { RunRecord } from '../../schema/run-record.ts';
import { fieldAgrees, usableLabel } from '../../task/agree.ts';

/** What makes a spreadsheet take a cell for a formula, blanks before it apart; with the full-width forms. */
const FORMULA = /^\s*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]/;

/**
 * A run as CSV (RFC 4180, every cell quoted, a header line): a row per case and repeat with what was expected and
 * given in each field, `true` or `false` for whether it was right, and empty where the field does not apply or there
 * is no usable answer. Latency in milliseconds, cost in US dollars. A cell that a spreadsheet would take for a formula
 * begins with an apostrophe.
 */
export function renderCsv(run: RunRecord): string {
  const fields = Object.keys(run.suite.fields);
  const header = [
    ...['id', 'conversation', 'window', 'family', 'lang', 'tags', 'repeat', 'status'],
    ...fields.flatMap((field) => [`expected_${field}`, `given_${field}`, `right_${field}`]),
    ...['latency_ms', 'cost_usd'],
  ];
  const rows = run.cases.flatMap((each) =>
    each.answers.map((answer, repeat) => {
      const label = usableLabel(answer);
      return [
        ...[each.id, each.conversation, each.window ?? '', each.family, each.lang, each.tags.join(' ')],
        ...[String(repeat + 1), answer.status],
        ...fields.flatMap((field) => [
          showValue(run.suite, field, each.expected),
          label === null ? '' : showValue(run.suite, field, label),
          String(fieldAgrees(run.suite, field, each.expected, label) ?? ''),
        ]),
        ...[String(answer.latency_ms), String(answer.usage.cost_usd ?? '')],
      ];
    }),
  );
  return stringify(
    [header, ...rows].map((row) => row.map(inertCell)),
    {
      quoted: true,
      quoted_empty: true,
      record_delimiter: 'windows',
    },
  );
}

function inertCell(text: string): string {
  return FORMULA.test(text) ? `'${text}` : text;
}
