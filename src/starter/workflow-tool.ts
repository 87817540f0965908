/** How the workflows call touchstone: as a package of the repository's own, or through the composite action. */
export type WorkflowTool =
  | { kind: 'npm' }
  /** `OWNER/REPO` of the action, and the full hash of the commit it is pinned to. */
  | { kind: 'action'; repository: string; commit: string };

const ACTION = /^([A-Za-z0-9][A-Za-z0-9-]{0,38}\/[A-Za-z0-9_][A-Za-z0-9_.-]{0,99})@([0-9a-f]{40})$/;

/** Reads `OWNER/REPO@COMMIT`, the commit as 40 hex digits; null where it is something else. */
export function readActionReference(text: string): WorkflowTool | null {
  const [, repository, commit] = ACTION.exec(text) ?? [];
  return repository === undefined || commit === undefined ? null : { kind: 'action', repository, commit };
}
