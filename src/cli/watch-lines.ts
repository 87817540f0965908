import { safeText } from '../report/terminal/safe-text.ts';
import { countFlips, metricText } from '../watch/suite-lines.ts';
import type { SuiteResult, WatchedSuite } from '../watch/watch-state.ts';
import type { Terminal } from './terminal.ts';
import type { WatchView } from './watch-view.ts';

/** A watch as plain lines: one for what was saved, for what a run found, and for its verdict. */
export function lineView({ out }: Pick<Terminal, 'out'>): WatchView {
  const say = (suite: string, text: string) => out(`${safeText(`${suite}: ${text}`)}\n`);
  const said = new Map<string, string>();
  return {
    show({ suites }, name) {
      const suite = suites.find((each) => each.name === name);
      if (suite === undefined) return;
      const lines = linesOf(suite);
      const text = lines.join('\n');
      if (text === '' || said.get(suite.name) === text) return;
      said.set(suite.name, text);
      for (const line of lines) say(suite.name, line);
    },
    saved(suite, files) {
      said.delete(suite);
      say(suite, `${files.map((file) => JSON.stringify(file).slice(1, -1)).join(', ')} saved`);
    },
    close() {},
  };
}

function linesOf({ status, result }: WatchedSuite): string[] {
  switch (status.kind) {
    case 'broken':
      return [...status.problems];
    case 'failed':
      return [status.reason];
    case 'gone':
      return ['its file is gone'];
    case 'stopped':
      return result === null
        ? []
        : [
            `stopped after ${result.answered} of ${result.total}: the verdict cannot change`,
            ...verdictLine(result),
          ];
    case 'complete':
      if (result === null) return [];
      return result.verdict === null ? [firstLine(result)] : verdictLine(result);
    default:
      return [];
  }
}

function firstLine({ answered, total, rows, flips }: SuiteResult): string {
  const facts = [`${answered} of ${total}`, ...rows.map(metricText)];
  return [...facts, ...(flips === null ? [] : [countFlips(flips)])].join(', ');
}

/** The sentence begins with the suite's name already. */
function verdictLine({ verdict }: SuiteResult): string[] {
  return verdict === null ? [] : [verdict.sentence.replace(/^[^:]*: /, '')];
}
