import { checkoutStep, ciSteps } from './workflow-steps.ts';
import type { WorkflowTool } from './workflow-tool.ts';

/** `.github/workflows/prompts-publish.yml`: posts the verdict on a fork's pull request, whose own run may not. */
export function publishWorkflow(tool: WorkflowTool): string {
  return `# Posts the verdict on a pull request from a fork, whose own run may not. It runs what is on the default branch.
# What the fork's run left behind is a claim that is checked; nothing of the fork is checked out or run.
name: prompts-publish

on:
  workflow_run:
    workflows: [prompts]
    types: [completed]

permissions: {}

concurrency:
  group: prompts-publish-\${{ github.event.workflow_run.head_repository.full_name }}-\${{ github.event.workflow_run.head_branch }}
  cancel-in-progress: false

jobs:
  publish:
    if: >-
      github.event.workflow_run.event == 'pull_request' &&
      github.event.workflow_run.head_repository.full_name != github.repository &&
      (github.event.workflow_run.conclusion == 'success' || github.event.workflow_run.conclusion == 'failure')
    runs-on: ubuntu-latest
    timeout-minutes: 15
    permissions:
      contents: read
      actions: read
      checks: write
      pull-requests: write
    steps:
      # The default branch: never write a ref here.${checkoutStep(null)}${ciSteps(tool, {
        keepsAnswers: false,
        pays: false,
        posts: true,
        uploads: {},
      })}
`;
}
