import type { FindingOf } from './finding.ts';
import type { LintSubject } from './lint-subject.ts';
import { aboutTokens, MODELS_WITH_FACTS, showAbout, tokensOfModel } from './model-tokens.ts';

/** An estimate this much off either way is no surprise. */
const DOUBT = 1.25;

/**
 * Whether the system text, which all calls share, is long enough for the model's prompt cache. Without a model,
 * what is known of each.
 */
export function cache({ source, model }: LintSubject): FindingOf[] {
  const place = { file: source.prompt.path, line: source.lineAt(source.systemAt) };
  const { system } = source.prompt;
  if (model === null) return [{ ...place, severity: 'note', ...overview(system) }];
  const facts = tokensOfModel(model.name);
  const tokens = aboutTokens(system, facts);
  const about = `the system text has about ${showAbout(tokens)} tokens`;
  if (facts.cacheFloor === null)
    return [
      {
        ...place,
        severity: 'note',
        what: `${about}; from how many ${model.name} caches is not published`,
        mend: "Look at a run's cache counters",
      },
    ];
  const floor = facts.cacheFloor.toLocaleString('en');
  if (tokens >= facts.cacheFloor * DOUBT)
    return [
      {
        ...place,
        severity: 'note',
        what: `${about}: ${model.name} caches it, as it does from ${floor} on`,
        mend: 'Keep what changes between calls out of it',
      },
    ];
  const isShort = tokens * DOUBT < facts.cacheFloor;
  return [
    {
      ...place,
      severity: 'warning',
      what: isShort
        ? `${about}, too few for the cache of ${model.name}, which begins at ${floor}: every call pays for all of them`
        : `${about}, and the cache of ${model.name} begins at ${floor}: it may or may not be cached`,
      mend: isShort
        ? 'Choose another model, or let a longer rubric or more examples earn their keep'
        : "Look at a run's cache counters",
    },
  ];
}

function overview(system: string): { what: string; mend: string } {
  const known = MODELS_WITH_FACTS.map((name) => {
    const facts = tokensOfModel(name);
    const tokens = aboutTokens(system, facts);
    const { cacheFloor } = facts;
    const standing =
      cacheFloor === null
        ? 'unknown'
        : tokens >= cacheFloor * DOUBT
          ? 'cached'
          : tokens * DOUBT < cacheFloor
            ? 'short'
            : 'doubtful';
    return { name, tokens, standing };
  });
  const counts = known.map(({ tokens }) => tokens);
  const low = showAbout(Math.min(...counts));
  const high = showAbout(Math.max(...counts));
  const WORDS = {
    cached: 'long enough for the cache of',
    doubtful: 'perhaps long enough for',
    short: 'too short for',
  } as const;
  const parts = (['cached', 'doubtful', 'short'] as const).flatMap((wanted) => {
    const names = known.filter(({ standing }) => standing === wanted).map(({ name }) => name);
    return names.length === 0 ? [] : [`${WORDS[wanted]} ${names.join(', ')}`];
  });
  const others = 'not published for the others';
  return {
    what: `the system text has about ${low} to ${high} tokens, by the model: ${[...parts, others].join('; ')}`,
    mend: 'Give --model anthropic:<model> to hear of one',
  };
}
