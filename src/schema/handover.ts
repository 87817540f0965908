import Type from 'typebox';
import { Suite } from './suite.ts';

/** Raised by one whenever a reader of the old shape would misread the new one. */
export const HANDOVER_VERSION = 1;

const commitForm = 'the 40 hexadecimal digits of a commit';
const Commit = Type.String({ pattern: '^[0-9a-f]{40}$', description: commitForm });
const ForgeNumber = Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER });

/** Name of a run record in a handover: `runs/<suite>.json`, for any name that a suite may have. */
export const RunFile = Type.String({
  pattern: '^runs/[a-z][a-z0-9-]{0,47}\\.json$',
  description: 'runs/SUITE.json',
});

/** A case's id, as goldens and windows make it. */
export const CaseId = Type.String({
  pattern: '^[A-Za-z0-9][A-Za-z0-9_-]{0,47}(/[a-z][a-z0-9_]{0,63})?$',
  description: 'CONVERSATION or CONVERSATION/WINDOW',
});

/**
 * `handover.json`: what a check without rights hands over to the one that posts, beside a run record a suite. All of
 * it is a claim: whoever sends a pull request can write it.
 */
export const Handover = Type.Object(
  {
    touchstone: Type.Literal('handover'),
    version: Type.Literal(HANDOVER_VERSION),
    /** The forge's number of the repository; null outside of one. */
    repository: Type.Union([ForgeNumber, Type.Null()]),
    pull_request: Type.Union([ForgeNumber, Type.Null()]),
    /** The commit that was checked. */
    commit: Commit,
    /** The merge base; null where there is none. */
    base: Type.Union([Commit, Type.Null()]),
    /** The workflow run that made it. */
    run_id: Type.Union([
      Type.String({ pattern: '^[0-9]{1,20}$', description: '1 to 20 digits' }),
      Type.Null(),
    ]),
    model: Type.String({ pattern: '^[ -~]{1,200}$', description: '1 to 200 printable ASCII characters' }),
    conclusion: Type.Union([
      Type.Literal('success'),
      Type.Literal('failure'),
      Type.Literal('neutral'),
      Type.Literal('action_required'),
    ]),
    runs: Type.Array(
      Type.Object({ suite: Suite.properties.name, file: RunFile }, { additionalProperties: false }),
      { maxItems: 64 },
    ),
  },
  { additionalProperties: false },
);

export type Handover = Type.Static<typeof Handover>;
