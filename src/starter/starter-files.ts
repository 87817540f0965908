import { stringify } from 'yaml';
import { checkWorkflow } from './check-workflow.ts';
import { conversationsText, labelsText } from './goldens-text.ts';
import { labelWorkflow } from './label-workflow.ts';
import { PROMPT_TEXT } from './prompt-text.ts';
import { publishWorkflow } from './publish-workflow.ts';
import { suiteText } from './suite-text.ts';
import type { WorkflowTool } from './workflow-tool.ts';

/** A file that is to be there. */
export interface StarterFile {
  /** From the project's root, with `/`. */
  path: string;
  text: string;
}

/**
 * The files that a repository starts with: a prompt, its suite, ten goldens and the workflows that check them.
 *
 * @param name the suite's, as its schema wants it
 * @param tool how the workflows call touchstone
 * @param defaultBranch the one that the workflows guard
 */
export function starterFiles(name: string, tool: WorkflowTool, defaultBranch: string): StarterFile[] {
  const branch = stringify(defaultBranch).trim();
  return [
    { path: `prompts/${name}.md`, text: PROMPT_TEXT },
    { path: `suites/${name}.yaml`, text: suiteText(name) },
    { path: 'goldens/conversations.jsonl', text: conversationsText() },
    { path: `goldens/labels/${name}.jsonl`, text: labelsText() },
    { path: '.github/workflows/prompts.yml', text: checkWorkflow(tool, branch) },
    { path: '.github/workflows/prompts-publish.yml', text: publishWorkflow(tool) },
    { path: '.github/workflows/prompts-label.yml', text: labelWorkflow(tool, branch) },
  ];
}
