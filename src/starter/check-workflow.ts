import { checkoutStep, ciSteps } from './workflow-steps.ts';
import type { WorkflowTool } from './workflow-tool.ts';

/**
 * `.github/workflows/prompts.yml`: checks pull requests, and runs the suites on the default branch.
 *
 * @param branch the default branch, as YAML
 */
export function checkWorkflow(tool: WorkflowTool, branch: string): string {
  return `# Checks what a pull request does to the prompts. Written by touchstone init, and yours to change.
name: prompts

on:
  # No paths here: a required check that a filter skips stays pending. Where no prompt, suite or golden
  # changed, the check says so at once and asks nothing.
  pull_request:
    types: [opened, synchronize, reopened, edited]
    branches: [${branch}]
  push:
    branches: [${branch}]

permissions: {}

# A newer push to a pull request takes the place of the check under way.
concurrency:
  group: prompts-\${{ github.event.pull_request.number || github.ref }}
  cancel-in-progress: \${{ github.event_name == 'pull_request' }}

jobs:
  check:
    if: github.event_name == 'pull_request'
    runs-on: ubuntu-latest
    timeout-minutes: 30
    # To post the check and the comment. From a fork GitHub makes these read only and gives no secrets; then
    # prompts-publish.yml posts.
    permissions:
      contents: read
      checks: write
      pull-requests: write
    steps:${checkoutStep('github.event.pull_request.head.sha')}${ciSteps(tool, {
      keepsAnswers: true,
      pays: true,
      posts: true,
      uploads: { 'touchstone-report': 'report', 'touchstone-handover': 'handover' },
    })}

  # On the default branch: the page with the history of what was accepted, and the badge, as an artifact.
  site:
    if: github.event_name == 'push'
    runs-on: ubuntu-latest
    timeout-minutes: 30
    permissions:
      contents: read
    steps:${checkoutStep(null)}${ciSteps(tool, {
      keepsAnswers: true,
      pays: false,
      posts: false,
      uploads: { 'touchstone-site': 'site' },
    })}
`;
}
