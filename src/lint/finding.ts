/** What each check of `touchstone lint` looks for, by the name that its findings bear. */
export const LINT_RULES = {
  'label-differs': 'a name in the prompt that is no label or field of the task',
  'label-undescribed': 'a label that the prompt does not describe',
  'field-unmentioned': 'a field that the prompt does not mention',
  'example-leak': 'an example that repeats a golden conversation',
  'golden-quoted': 'a passage of a golden conversation in the prompt',
  'example-contradiction': 'examples with the same conversation and different answers',
  'example-answer': 'an example whose answer breaks the task or contradicts itself',
  placeholder: 'a placeholder that nothing fills in',
  'window-unnamed': 'a window that the prompt does not name',
  cache: 'whether the system text is long enough for the prompt cache',
  'tokens-per-call': 'tokens and cost of a call',
  'max-tokens': 'max_tokens too small for an answer',
  'rule-never-fails': 'a rule that no answers can break',
  'rule-never-holds': 'a rule that not even right answers meet',
  'rule-repeated': 'a rule that says what another says',
  'rule-thin': 'a rule about fewer than ten cases',
  'label-without-golden': 'a label that no golden has',
  'on-undecided': 'a gate that cannot open, or cannot close',
} as const;

export type LintRule = keyof typeof LINT_RULES;

/** `error`: wrong whatever the circumstances. `warning`: probably not meant. `note`: a fact to know. */
export type Severity = 'error' | 'warning' | 'note';

/** One thing that lint has to say, and where. */
export interface Finding {
  /** Path as the user knows it. */
  file: string;
  /** 1-based; null where the file as a whole is meant. */
  line: number | null;
  rule: LintRule;
  severity: Severity;
  /** A sentence without a full stop. Holds no text of a conversation. */
  what: string;
  /** An instruction without a full stop. */
  mend: string;
  /** Text of the prompt and of the golden that it repeats; for those who ask to see conversations. */
  texts?: { prompt: string; golden: string };
}

/** A finding of a check, which knows its own name. */
export type FindingOf = Omit<Finding, 'rule'>;

const SEVERITIES: readonly Severity[] = ['error', 'warning', 'note'];

/** By file, line, severity, rule and wording; each finding once, though two suites share a prompt. */
export function sortFindings(findings: readonly Finding[]): Finding[] {
  const distinct = new Map(findings.map((finding) => [JSON.stringify(finding), finding]));
  return [...distinct.values()].sort(
    (a, b) =>
      compare(a.file, b.file) ||
      (a.line ?? 0) - (b.line ?? 0) ||
      SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
      compare(a.rule, b.rule) ||
      compare(a.what, b.what),
  );
}

/** How many findings there are of each severity. */
export function countFindings(findings: readonly Finding[]): Record<Severity, number> {
  const count = (wanted: Severity) => findings.filter(({ severity }) => severity === wanted).length;
  return { error: count('error'), warning: count('warning'), note: count('note') };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
