const MARKER = '<!-- touchstone:check -->';
const MARKED = /^<!-- touchstone:check -->(?:\r?\n|$)/;
const COMMIT = /^<!-- touchstone:check -->\r?\n<!-- touchstone:commit ([0-9a-f]{40}) -->(?:\r?\n|$)/;

/** A comment's text with two hidden lines before it: what it is, and which commit it speaks of. */
export function markComment(commit: string, markdown: string): string {
  return `${MARKER}\n<!-- touchstone:commit ${commit} -->\n${markdown}`;
}

/** Whether a comment begins as ours do. Anybody can write one that does. */
export function isMarked(body: string): boolean {
  return MARKED.test(body);
}

/**
 * The commit that a comment speaks of, from its second line; null where it names none there. What stands further
 * down may come from a contributor and is not looked at.
 */
export function commitOfComment(body: string): string | null {
  return COMMIT.exec(body)?.[1] ?? null;
}
