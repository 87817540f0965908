import { checkoutStep, ciSteps } from './workflow-steps.ts';
import type { WorkflowTool } from './workflow-tool.ts';

/**
 * `.github/workflows/prompts-label.yml`: what a maintainer's label on a pull request starts.
 *
 * @param branch the default branch, as YAML
 */
export function labelWorkflow(tool: WorkflowTool, branch: string): string {
  return `# A maintainer's label on a pull request: run-prompts asks the model for the answers that are missing, and
# allow-goalposts says that changed rules, labels or baselines are meant. Both are for the labelled commit alone:
# a push needs the label again. This has the key and looks at forks, so it runs what is on the default branch;
# nothing of the pull request is checked out or run.
name: prompts-label

on:
  pull_request_target:
    types: [labeled]
    branches: [${branch}]

permissions: {}

jobs:
  label:
    if: github.event.label.name == 'run-prompts' || github.event.label.name == 'allow-goalposts'
    runs-on: ubuntu-latest
    timeout-minutes: 60
    # A run that has paid goes on to its end.
    concurrency:
      group: prompts-label-\${{ github.event.pull_request.number }}
      cancel-in-progress: false
    # Keep the key in this environment, and give it reviewers, to ask for a second pair of eyes.
    environment: prompts
    permissions:
      contents: read
      checks: write
      # Also lets the label be taken off.
      pull-requests: write
    steps:
      # The default branch: never write a ref here.${checkoutStep(null)}${ciSteps(tool, {
        keepsAnswers: false,
        pays: true,
        posts: true,
        uploads: {},
      })}
`;
}
