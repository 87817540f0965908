import Type from 'typebox';
import { parseDocument } from 'yaml';
import { checkAgainst } from '../src/schema/check.ts';

const closed = { additionalProperties: false };
const Text = Type.String({ minLength: 1 });
const Texts = Type.Record(Type.String(), Type.Union([Type.String(), Type.Number(), Type.Boolean()]));
const optional = Type.Optional;

/** Of the syntax, what these workflows may use: no `continue-on-error`, no `secrets: inherit`, no containers. */
const Step = Type.Object(
  {
    ...{ id: optional(Text), name: optional(Text), if: optional(Text) },
    ...{ uses: optional(Text), with: optional(Texts) },
    ...{ run: optional(Text), shell: optional(Text), env: optional(Texts) },
  },
  closed,
);
export type Step = Type.Static<typeof Step>;

const Permissions = Type.Record(Text, Type.Union([Type.Literal('read'), Type.Literal('write')]));
const Concurrency = Type.Object(
  { group: Text, 'cancel-in-progress': Type.Union([Type.Boolean(), Text]) },
  closed,
);

const Job = Type.Object(
  {
    ...{ name: optional(Text), if: optional(Text), needs: optional(Text), 'runs-on': Text },
    'timeout-minutes': Type.Integer({ minimum: 1, maximum: 60 }),
    concurrency: optional(Concurrency),
    permissions: optional(Permissions),
    environment: optional(Type.Union([Text, Type.Object({ name: Text, url: Text }, closed)])),
    outputs: optional(Texts),
    strategy: optional(Type.Object({ 'fail-fast': Type.Boolean(), matrix: Type.Unknown() }, closed)),
    steps: Type.Array(Step, { minItems: 1 }),
  },
  closed,
);

const Trigger = Type.Union([Type.Null(), Type.Record(Text, Type.Array(Text))]);

const Workflow = Type.Object(
  {
    name: Text,
    on: Type.Record(Text, Trigger),
    permissions: Permissions,
    concurrency: optional(Concurrency),
    jobs: Type.Record(Text, Job),
  },
  closed,
);
export type Workflow = Type.Static<typeof Workflow>;

const Input = Type.Object({ description: Text, required: Type.Boolean(), default: Type.String() }, closed);

const Action = Type.Object(
  {
    ...{ name: Text, description: Text },
    inputs: Type.Record(Text, Input),
    outputs: Type.Record(Text, Type.Object({ description: Text, value: Text }, closed)),
    runs: Type.Object({ using: Type.Literal('composite'), steps: Type.Array(Step, { minItems: 1 }) }, closed),
  },
  closed,
);
type Action = Type.Static<typeof Action>;

/** @throws Error with all that is wrong, also a key that is there twice */
export function readWorkflow(text: string): Workflow {
  return readAs(Workflow, text);
}

/** @throws Error with all that is wrong, also a key that is there twice */
export function readAction(text: string): Action {
  return readAs(Action, text);
}

function readAs<S extends Type.TSchema>(schema: S, text: string): Type.Static<S> {
  const document = parseDocument(text, { uniqueKeys: true });
  const faults = [...document.errors, ...document.warnings].map(({ message }) => message);
  if (faults.length > 0) throw new Error(faults.join('\n'));
  const { value, problems } = checkAgainst(schema, document.toJS(), 'the file');
  if (value === null) throw new Error(problems.map(({ what, mend }) => `${what}: ${mend}`).join('\n'));
  return value;
}
