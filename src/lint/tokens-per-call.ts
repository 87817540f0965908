import { estimateCost, type Range } from '../cost/estimate.ts';
import { DEFAULT_MODEL } from '../model/anthropic/model-names.ts';
import { requestCharacters } from '../plan/request-characters.ts';
import { ascendingQuantile } from '../statistics/quantile.ts';
import type { FindingOf } from './finding.ts';
import { largestAnswer } from './largest-answer.ts';
import type { LintSubject } from './lint-subject.ts';
import { aboutTokens, showAbout, tokensOfModel } from './model-tokens.ts';

const CALLS = 1_000;

/** Tokens of the parts of a call, estimated offline, and what a thousand calls like the goldens' cost. */
export function tokensPerCall({ work, source, model }: LintSubject): FindingOf[] {
  const [first] = work.cases;
  if (first === undefined) return [];
  const facts = tokensOfModel(model?.name ?? DEFAULT_MODEL);
  const { system, schema, maxTokens } = first.request;
  const fixed = aboutTokens(system + JSON.stringify(schema), facts);
  const turns = work.cases.map(({ request }) => aboutTokens(request.user, facts)).sort((a, b) => a - b);
  const median = ascendingQuantile(Float64Array.from(turns), 0.5);
  const largest = turns.at(-1) ?? 0;
  const sizes = work.cases.map(({ request }) => ({
    characters: requestCharacters(request),
    count: CALLS / work.cases.length,
  }));
  const characters = sizes.reduce((sum, each) => sum + each.characters, 0);
  const rate = (turns.reduce((sum, tokens) => sum + tokens, 0) + fixed * turns.length) / characters;
  const answer = aboutTokens(largestAnswer(work.suite.task), facts);
  const isCached = facts.cacheFloor === null || aboutTokens(system, facts) >= facts.cacheFloor;
  const { usd } = estimateCost({
    sample: [],
    sizes,
    uncounted: { low: rate, high: rate },
    output: { low: Math.min(answer, maxTokens), high: maxTokens },
    cachedCharacters: isCached ? system.length : null,
    price: model?.price ?? null,
  });
  const tokens = `a call takes about ${showAbout(fixed)} tokens of system text and schema, and ${showAbout(median)} of a conversation (the largest ${showAbout(largest)})`;
  return [
    {
      file: source.prompt.path,
      line: source.lineAt(source.systemAt),
      severity: 'note',
      what: `${tokens}${model === null ? '' : `; ${describeCost(usd, model.name, isCached)}`}`,
      mend:
        model === null
          ? 'Give --model anthropic:<model> for what that costs'
          : 'touchstone run has them counted before it asks',
    },
  ];
}

function describeCost(usd: Range | null, model: string, isCached: boolean): string {
  if (usd === null) return `the price of ${model} is not known`;
  const low = isCached ? 'if the cache serves and answers are short' : 'if answers are short';
  const high = isCached ? 'if neither' : 'if they take max_tokens';
  return `1,000 calls to ${model} cost about US$${usd.low.toFixed(2)} ${low}, up to ${usd.high.toFixed(2)} ${high}`;
}
