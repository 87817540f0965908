import type { WorkflowAnnotation } from '../report/workflow-log/safe-workflow-text.ts';

/** What a check can conclude, in the terms of GitHub's check runs. */
export type CheckConclusion = 'success' | 'failure' | 'neutral' | 'action_required';

/** What a check says of one commit: plain data that any forge can show. */
export interface CheckOutcome {
  /** Full hash of the commit that was checked. */
  commit: string;
  conclusion: CheckConclusion;
  /** One line without Markdown. */
  title: string;
  /** Markdown of at most 60,000 characters: for the comment, the check and the job's summary. */
  summary: string;
  /** Paths from the repository's root. */
  annotations: readonly WorkflowAnnotation[];
}
