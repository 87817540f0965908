import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { priceOf } from '../src/cost/cost-of.ts';
import { loadPrices } from '../src/cost/load-prices.ts';
import { markComment } from '../src/github/comment-marker.ts';
import { type Api, startApi, TEST_KEY } from './anthropic-api/start-api.ts';
import { colorProject } from './color-classifier.ts';
import { type CommandResult, touchstone } from './command.ts';
import { labelledPayload, type PullRequestScene, pullRequestScene, withAcceptedRun } from './pull-request.ts';

const name = 'claude-haiku-5-5';
const model = `anthropic:${name}`;

let api: Api;
let scene: PullRequestScene;
let base: string;
let clones = 0;

beforeAll(async () => {
  api = await startApi();
  const env = { ANTHROPIC_API_KEY: TEST_KEY, ANTHROPIC_BASE_URL: api.url };
  scene = await pullRequestScene(await withAcceptedRun(colorProject(), { model, env }));
});

afterAll(async () => {
  await Promise.all([api.close(), scene.github.close()]);
});

/** A store of its own for each test. */
beforeEach(() => {
  clones += 1;
  base = scene.cloneBase(`base-${clones}`);
  scene.git('checkout', '--quiet', '--force', '-B', 'change', 'main');
  scene.github.world.comments.splice(0);
  scene.github.world.checks.splice(0);
});

const asked = () => api.requests.filter(({ endpoint }) => endpoint === 'messages');

/** The comment that the maintainer saw. */
function showComment(commit: string): void {
  const { world } = scene.github;
  world.comments.splice(0);
  world.comments.push({
    id: world.nextId(),
    issue: 7,
    login: 'github-actions[bot]',
    body: markComment(commit, '## Touchstone: 36 answers missing\n'),
  });
}

/** The job that a label starts, on the default branch. */
function label(
  headSha: string,
  given = 'run-prompts',
  env: Record<string, string> = {},
): Promise<CommandResult> {
  for (const pull of scene.github.world.pulls) pull.labels = ['bug', given];
  const event = scene.jobEnv({ name: 'pull_request_target', payload: labelledPayload(headSha, given) });
  const key = { ANTHROPIC_API_KEY: TEST_KEY, ANTHROPIC_BASE_URL: api.url, TOUCHSTONE_MODEL: model };
  return touchstone(['ci'], { cwd: base, env: { ...event, GITHUB_BASE_REF: 'main', ...key, ...env } });
}

const labels = () => scene.github.world.pulls[0]?.labels;

/** Everything that the job wrote or said. */
function shown({ out, err }: CommandResult): string {
  const { comments, checks } = scene.github.world;
  const files = [path.join(base, '.touchstone'), path.dirname(base)].flatMap((folder, index) =>
    readdirSync(folder, { recursive: index === 0, withFileTypes: true, encoding: 'utf8' })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(path.join(entry.parentPath, entry.name), 'latin1')),
  );
  const sent = JSON.stringify(scene.github.requests);
  return [out, err, JSON.stringify({ comments, checks }), sent, ...files].join('\n');
}

describe('the label run-prompts', () => {
  it('pays for exactly the commit that was read, though another was pushed since', async () => {
    scene.edit('prompts/color.md', 'the deep ocean', 'the wide ocean');
    const read = scene.push('Another sea', { isFork: true });
    showComment(read);
    scene.edit('prompts/color.md', 'the wide ocean', 'an unread ocean');
    scene.push('Unread', { isFork: true });
    const before = asked().length;
    const result = await label(read);
    expect(result.code).toBe(0);
    const paid = asked().slice(before);
    expect(paid).toHaveLength(36);
    expect(paid.every(({ text }) => text.includes('the wide ocean'))).toBe(true);
    expect(labels()).toEqual(['bug']);
    const { comments, checks } = scene.github.world;
    expect(checks).toMatchObject([{ conclusion: 'success', head_sha: read }]);
    expect(comments).toHaveLength(1);
    expect(comments[0]?.body).toMatch(new RegExp(`touchstone:commit ${read}`));
    expect(comments[0]?.body).toMatch(/36 questions asked, US\$0\.\d{4}/);
    expect(shown(result)).not.toContain(TEST_KEY);

    const again = await label(read);
    expect(again.code).toBe(0);
    expect(asked()).toHaveLength(before + 36);
  });

  it('spends less than the budget, and says that it was too small', async () => {
    scene.edit('prompts/color.md', 'the deep ocean', 'the calm ocean');
    const head = scene.push('A calm sea', { isFork: true });
    showComment(head);
    const before = asked().length;
    const budget = 0.0008;
    const result = await label(head, 'run-prompts', { TOUCHSTONE_BUDGET: String(budget) });
    expect(result.code).toBe(3);
    expect(scene.github.world.checks).toMatchObject([{ conclusion: 'action_required', head_sha: head }]);
    expect(labels()).toEqual(['bug']);
    const price = priceOf(loadPrices(path.join(base, '.touchstone'), null), name, { batch: false });
    const paid = asked().slice(before);
    const spent = paid.reduce((sum, { usage }) => {
      if (usage === null || price === null) throw new Error('a request without usage or price');
      return (
        sum +
        price({
          input_tokens: usage.input,
          output_tokens: usage.output,
          cache_write_tokens: usage.written,
          cache_read_tokens: usage.read,
        })
      );
    }, 0);
    expect(paid.length).toBeGreaterThan(0);
    expect(paid.length).toBeLessThan(36);
    expect(spent).toBeLessThanOrEqual(budget);
    expect(scene.github.world.comments[0]?.body).toContain(
      `${paid.length} questions asked, US$${spent.toFixed(4)}`,
    );
    expect(shown(result)).not.toContain(TEST_KEY);
  });

  it('is refused, and taken off, where the comment shows another commit or none', async () => {
    scene.edit('prompts/color.md', 'the deep ocean', 'the cold ocean');
    const read = scene.push('Read', { isFork: true });
    scene.edit('prompts/color.md', 'the cold ocean', 'the warm ocean');
    const head = scene.push('Not read', { isFork: true });
    const before = api.requests.length;
    showComment(read);
    const other = await label(head);
    expect(other.code).toBe(3);
    expect(other.err).toContain(read);
    expect(other.err).toContain(head);
    expect(labels()).toEqual(['bug']);

    scene.github.world.comments.splice(0);
    const none = await label(head);
    expect(none.code).toBe(3);
    expect(none.err).toContain('no commit yet');
    expect(labels()).toEqual(['bug']);

    // Anybody can write a comment that begins like ours.
    showComment(head);
    for (const comment of scene.github.world.comments) comment.login = 'mallory';
    const forged = await label(head);
    expect(forged.code).toBe(3);
    expect(labels()).toEqual(['bug']);
    expect(api.requests).toHaveLength(before);
    expect(scene.github.world.checks).toHaveLength(0);
  });

  it('is needed again after a push: a fork’s own event never pays, even with a key in reach', async () => {
    scene.edit('prompts/color.md', 'the deep ocean', 'the dark ocean');
    scene.push('Pushed', { isFork: true });
    const before = api.requests.length;
    const env = { ANTHROPIC_API_KEY: TEST_KEY, ANTHROPIC_BASE_URL: api.url, TOUCHSTONE_MODEL: model };
    const { code, out } = await touchstone(['ci'], {
      cwd: scene.cwd,
      env: { ...scene.pullRequestEnv({ isFork: true }), ...env },
    });
    expect(code).toBe(3);
    expect(out).toContain('36 answers missing');
    expect(api.requests).toHaveLength(before);
  });

  it('pays nothing where it cannot be taken off', async () => {
    scene.edit('prompts/color.md', 'the deep ocean', 'the old ocean');
    const head = scene.push('Old', { isFork: true });
    showComment(head);
    const before = api.requests.length;
    const { identities } = scene.github.world;
    for (const identity of identities.values()) identity.mayWrite = false;
    const { code, err } = await label(head);
    for (const identity of identities.values()) identity.mayWrite = true;
    expect(code).toBe(3);
    expect(err).toContain('pull-requests: write');
    expect(api.requests).toHaveLength(before);
  });
});

describe('the label allow-goalposts', () => {
  it('lets moved goalposts pass for that commit, with nothing asked where nothing is missing', async () => {
    scene.edit('suites/color.yaml', 'min: 0.8', 'min: 0.1');
    const head = scene.push('Lower', { isFork: true });
    const before = api.requests.length;
    showComment(head);
    const asking = await label(head);
    expect(asking.code).toBe(1);
    expect(scene.github.world.checks.at(-1)).toMatchObject({ conclusion: 'failure', head_sha: head });
    expect(scene.github.world.comments[0]?.body).toContain('needs a person');

    const allowed = await label(head, 'allow-goalposts');
    expect(allowed.code).toBe(0);
    expect(labels()).toEqual(['bug']);
    expect(scene.github.world.checks.at(-1)).toMatchObject({ conclusion: 'success', head_sha: head });
    expect(scene.github.world.comments).toHaveLength(1);

    scene.edit('suites/color.yaml', 'min: 0.1', 'min: 0.05');
    const next = scene.push('Lower still', { isFork: true });
    const stale = await label(next, 'allow-goalposts');
    expect(stale.code).toBe(3);
    expect(stale.err).toContain(head);
    expect(api.requests).toHaveLength(before);
  });
});

describe('another label', () => {
  it('starts nothing, stays, and is told which labels are ours', async () => {
    scene.edit('prompts/color.md', 'the deep ocean', 'the new ocean');
    const head = scene.push('New', { isFork: true });
    showComment(head);
    const before = api.requests.length;
    const { code, err } = await label(head, 'documentation');
    expect(code).toBe(2);
    expect(err).toContain('run-prompts, allow-goalposts');
    expect(labels()).toEqual(['bug', 'documentation']);
    expect(api.requests).toHaveLength(before);
  });
});
