/** What a person says of one flipped case. */
export type Decision = 'accept' | 'doubtful' | 'skip';

/** Where a review stands: a plain value, so that going back is another value. */
export interface ReviewSession {
  /** 0-based index of the case that is asked about. */
  position: number;
  /** One a case; null where nothing was said of it yet. */
  decisions: readonly (Decision | null)[];
  /** Whether every case was decided, or the person quit. */
  isOver: boolean;
}

const DECISIONS: Readonly<Record<string, Decision>> = { a: 'accept', d: 'doubtful', s: 'skip' };

/** What is asked of each case. */
export const QUESTION = 'accept (a), label doubtful (d), skip (s), back (b), quit (q)? ';

export function startReview(cases: number): ReviewSession {
  return { position: 0, decisions: Array.from({ length: cases }, () => null), isOver: cases === 0 };
}

/** The session after an answer to `QUESTION`: a letter, or a word that begins with it; null where it is none. */
export function answerReview(session: ReviewSession, answer: string): ReviewSession | null {
  const word = answer.trim().toLowerCase();
  const letter = word.slice(0, 1);
  if (!['accept', 'doubtful', 'skip', 'back', 'quit', 'a', 'd', 's', 'b', 'q'].includes(word)) return null;
  if (letter === 'q') return { ...session, isOver: true };
  if (letter === 'b') return { ...session, position: Math.max(0, session.position - 1) };
  const position = session.position + 1;
  const decisions = session.decisions.with(session.position, DECISIONS[letter] ?? null);
  return { position, decisions, isOver: position === decisions.length };
}
