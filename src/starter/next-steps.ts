import type { Surroundings } from './surroundings.ts';
import type { WorkflowTool } from './workflow-tool.ts';

/**
 * What to do after `touchstone init`, a line each: what the workflows still lack, then the first run, its
 * acceptance and a change.
 *
 * @param folder as shown to the user
 */
export function nextSteps(
  name: string,
  folder: string,
  tool: WorkflowTool,
  surroundings: Surroundings,
): string[] {
  const command = tool.kind === 'npm' ? 'npx touchstone' : 'touchstone';
  return [
    ...lackingLines(tool, surroundings),
    folder === '.' ? 'Next:' : `Next, in ${folder}:`,
    `  1. ${command} run ${name} asks all ten offline, with the embedded model: no key, no cost.`,
    `  2. ${command} accept ${name} makes that run the baseline. Commit it with the files above.`,
    `  3. Edit prompts/${name}.md and run again: it says what broke and whether the gate holds.`,
  ];
}

function lackingLines(tool: WorkflowTool, { listsTouchstone, hasLockFile, git }: Surroundings): string[] {
  const lines: string[] = [];
  if (tool.kind === 'npm' && !listsTouchstone)
    lines.push(
      'First: npm install --save-dev touchstone, and commit package.json and package-lock.json. The workflows run npm ci.',
    );
  else if (tool.kind === 'npm' && !hasLockFile)
    lines.push('First: npm install, and commit package-lock.json. The workflows run npm ci.');
  if (git === 'none') lines.push('The workflows need a git repository on GitHub: git init makes one here.');
  if (git === 'below')
    lines.push(
      "GitHub reads workflows at the repository's root alone: move .github there, and have its steps run in this folder.",
    );
  return lines.length === 0 ? [] : [...lines, ''];
}
