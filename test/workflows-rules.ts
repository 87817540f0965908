import { readAction, readWorkflow, type Step, type Workflow } from './workflows-file.ts';

/** The action of this repository, as its workflows use it. */
const OWN_ACTION = './.github/actions/touchstone';
/** A line with `uses:`; whatever else the file holds, this is how it has to be written. */
const USES = /^\s*(?:- )?uses:/;
const PINNED = /^\s*(?:- )?uses: [\w.-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/;
/** Events whose workflows hold a token that writes, or secrets, also where a fork set them off. */
const PRIVILEGED = ['workflow_run', 'pull_request_target'];
/** Contexts that hold words of a contributor. */
const CONTRIBUTED =
  /head_ref|head\.ref|head\.label|head_branch|head_commit|\.title|\.body|label\.name|toJSON/i;

/** An expression as workflows write it. */
export function expression(text: string): string {
  return `\${{ ${text} }}`;
}

/** What a workflow does that none of ours may, beyond what actionlint knows; a sentence each. */
export function workflowFaults(text: string): string[] {
  const workflow = readWorkflow(text);
  const jobs = Object.entries(workflow.jobs);
  const steps = jobs.flatMap(([, job]) => job.steps);
  return [
    ...usesFaults(text, steps),
    ...steps.flatMap(stepFaults),
    ...jobs
      .filter(([, job]) => (job.concurrency ?? workflow.concurrency) === undefined)
      .map(([name]) => `job ${name} has no concurrency group`),
    ...triggerFaults(workflow),
    ...(isPrivileged(workflow) ? steps.flatMap(privilegedFaults) : []),
  ];
}

/** What a composite action does that ours may not; a sentence each. */
export function actionFaults(text: string): string[] {
  const { runs, inputs } = readAction(text);
  return [
    ...usesFaults(text, runs.steps),
    ...runs.steps.flatMap(stepFaults),
    ...runs.steps
      .filter((step) => step.run !== undefined && step.shell !== 'bash')
      .map((step) => `${nameOf(step)} runs in no bash`),
    ...Object.keys(inputs)
      .filter((name) => !environmentOf(runs.steps).includes(expression(`inputs.${name}`)))
      .map((name) => `input ${name} reaches no environment`),
  ];
}

/** Where secrets are read: `job: VARIABLE`. */
export function secretsIn({ jobs }: Workflow): string[] {
  return Object.entries(jobs).flatMap(([name, job]) => {
    const variables = job.steps.flatMap(({ env }) => Object.entries(env ?? {}).filter(isSecret));
    const elsewhere = withoutEnvironment(job.steps).filter(mentionsSecrets);
    return [
      ...variables.map(([variable]) => `${name}: ${variable}`),
      ...elsewhere.map((text) => `${name}: ${text}`),
      ...(mentionsSecrets(JSON.stringify({ ...job, steps: [] })) ? [`${name}: outside of its steps`] : []),
    ];
  });
}

/** What each job's token may do. */
export function permissionsIn({ jobs, permissions }: Workflow): Record<string, string> {
  const all = Object.entries(jobs).map(([name, job]) => {
    const granted = Object.entries(job.permissions ?? permissions).map(
      ([scope, level]) => `${scope} ${level}`,
    );
    return [name, granted.sort().join(', ')];
  });
  return Object.fromEntries(all);
}

/** The inputs that each use of the action gives. */
export function actionInputs({ jobs }: Workflow): Record<string, unknown>[] {
  const steps = Object.values(jobs).flatMap((job) => job.steps);
  return steps.filter(({ uses }) => uses === OWN_ACTION).map((step) => step.with ?? {});
}

function usesFaults(text: string, steps: readonly Step[]): string[] {
  const lines = text.split('\n').filter((line) => USES.test(line));
  const written = steps.filter(({ uses }) => uses !== undefined).length;
  return [
    ...(lines.length === written ? [] : ['uses is written in a way that this test does not read']),
    ...lines
      .filter((line) => !PINNED.test(line) && !line.endsWith(`uses: ${OWN_ACTION}`))
      .map((line) => `${line.trim()} is not pinned to a commit with its version beside it`),
  ];
}

function stepFaults(step: Step): string[] {
  const faults: string[] = [];
  const isCheckout = step.uses?.startsWith('actions/checkout@') === true;
  if (step.run?.includes('${{')) faults.push(`${nameOf(step)} has an expression in its script`);
  if (isCheckout && step.with?.['persist-credentials'] !== false)
    faults.push(`${nameOf(step)} leaves the token in .git`);
  const given = [...Object.values(step.with ?? {}), ...Object.values(step.env ?? {})];
  if (given.some((value) => CONTRIBUTED.test(String(value))))
    faults.push(`${nameOf(step)} is given a contributor's words`);
  return faults;
}

function triggerFaults({ on }: Workflow): string[] {
  const target = on.pull_request_target;
  const required = on.pull_request;
  return [
    ...(target === undefined || String(target?.types) === 'labeled'
      ? []
      : ['pull_request_target is for labels alone']),
    ...(required?.paths === undefined && required?.['paths-ignore'] === undefined
      ? []
      : ['a filter by path leaves a required check pending']),
  ];
}

function isPrivileged({ on }: Workflow): boolean {
  return PRIVILEGED.some((event) => event in on);
}

/** A privileged job checks out what is trusted, uses the action and does nothing else. */
function privilegedFaults(step: Step): string[] {
  const given = Object.keys(step.with ?? {});
  return [
    ...(step.run === undefined ? [] : [`${nameOf(step)} runs a script with rights`]),
    ...(given.includes('ref') || given.includes('repository')
      ? [`${nameOf(step)} checks out something else than the default branch`]
      : []),
    ...(step.uses === OWN_ACTION || step.uses?.startsWith('actions/checkout@')
      ? []
      : [`${nameOf(step)} is not needed`]),
  ];
}

function environmentOf(steps: readonly Step[]): string[] {
  return steps.flatMap(({ env }) => Object.values(env ?? {}).map(String));
}

function withoutEnvironment(steps: readonly Step[]): string[] {
  return steps.map(({ env: _, ...step }) => JSON.stringify(step));
}

function isSecret([, value]: [string, unknown]): boolean {
  return mentionsSecrets(String(value));
}

function mentionsSecrets(text: string): boolean {
  return /\bsecrets\b/.test(text);
}

function nameOf({ id, name, uses, run }: Step): string {
  return `step ${JSON.stringify(name ?? id ?? uses ?? run)}`;
}
