import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answerReview, type ReviewSession, startReview } from './review-session.ts';

function reviewed(cases: number, ...answers: string[]): ReviewSession {
  return answers.reduce((session, answer) => answerReview(session, answer) ?? session, startReview(cases));
}

describe('a review', () => {
  it('goes from case to case and is over after the last', () => {
    expect(reviewed(3, 'a', 'd')).toEqual({
      position: 2,
      decisions: ['accept', 'doubtful', null],
      isOver: false,
    });
    expect(reviewed(3, 'a', 'd', 's')).toEqual({
      ...{ position: 3, decisions: ['accept', 'doubtful', 'skip'], isOver: true },
    });
  });

  it('goes back, keeps what was said, and takes another word for it', () => {
    expect(reviewed(2, 'a', 'b')).toMatchObject({ position: 0, decisions: ['accept', null] });
    expect(reviewed(2, 'a', 'b', 'skip')).toMatchObject({ position: 1, decisions: ['skip', null] });
    expect(reviewed(2, 'b')).toMatchObject({ position: 0 });
  });

  it('ends where the person quits, with what was decided so far', () => {
    expect(reviewed(3, 'A ', 'q')).toMatchObject({ decisions: ['accept', null, null], isOver: true });
  });

  it('takes nothing else for an answer', () => {
    for (const answer of ['', 'x', 'yes', 'also', '__proto__']) {
      expect(answerReview(startReview(1), answer)).toBeNull();
    }
  });

  it('never leaves its cases, whatever is typed', () => {
    const answers = fc.array(fc.constantFrom('a', 'd', 's', 'b', 'q', 'x'));
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5 }), answers, (cases, typed) => {
        let session = startReview(cases);
        for (const answer of typed) {
          if (session.isOver) break;
          expect(session.position).toBeGreaterThanOrEqual(0);
          expect(session.position).toBeLessThan(cases);
          session = answerReview(session, answer) ?? session;
        }
        expect(session.decisions).toHaveLength(cases);
      }),
    );
  });
});
