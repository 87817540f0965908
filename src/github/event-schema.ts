import Type from 'typebox';

/** What is read of the webhook payloads that GitHub Actions writes to GITHUB_EVENT_PATH; they hold much more. */
const Sha = Type.String({ pattern: '^[0-9a-f]{40}$', description: 'a commit hash of 40 hexadecimal digits' });
const Id = Type.Integer({ minimum: 1 });
/** Git allows much, but neither blanks nor controls; a leading `-` would be an option. */
const Ref = Type.String({
  pattern: '^[^-\\u0000-\\u0020\\u007f][^\\u0000-\\u0020\\u007f]*$',
  description: 'a name of a branch or tag, without blanks or a leading -',
});
const Repository = Type.Object({ id: Id });
const Text = Type.String();

export const PullRequestEvent = Type.Object({
  action: Text,
  pull_request: Type.Object({
    number: Id,
    head: Type.Object({ sha: Sha, repo: Type.Union([Repository, Type.Null()]) }),
    base: Type.Object({ ref: Ref, repo: Repository }),
  }),
  label: Type.Optional(Type.Object({ name: Text })),
});

export const WorkflowRunEvent = Type.Object({
  workflow_run: Type.Object({
    id: Id,
    head_sha: Sha,
    head_branch: Type.Union([Ref, Type.Null()]),
    event: Text,
    conclusion: Type.Union([Text, Type.Null()]),
    head_repository: Type.Union([Type.Object({ id: Id, owner: Type.Object({ login: Text }) }), Type.Null()]),
    repository: Repository,
  }),
  repository: Type.Object({ default_branch: Ref }),
});

export const PushEvent = Type.Object({
  ref: Ref,
  after: Sha,
  repository: Type.Object({ default_branch: Ref }),
});

export type PullRequestEvent = Type.Static<typeof PullRequestEvent>;
export type WorkflowRunEvent = Type.Static<typeof WorkflowRunEvent>;
export type PushEvent = Type.Static<typeof PushEvent>;
