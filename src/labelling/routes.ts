import Type from 'typebox';
import { InputError } from '../errors/errors.ts';
import { fits } from '../schema/check.ts';
import { Label } from '../schema/run-record.ts';
import type { SessionView } from './page-data.ts';
import { refusal } from './serve.ts';
import { type LabellingSession, UnfitAnswer } from './session.ts';

export interface Reply {
  status: number;
  type: 'application/json' | 'text/html';
  body: string;
  headers?: Readonly<Record<string, string>>;
}

/** What answers one kind of request below the token. */
export interface Route {
  method: 'GET' | 'POST';
  /** Without a slash at the front. */
  path: string;
  /** @param body JSON that was sent; null for GET */
  answer(query: URLSearchParams, body: unknown): Reply;
}

const MOST_NOTE_CHARACTERS = 2_000;

const SavedAnswer = Type.Object(
  {
    at: Type.Integer({ minimum: 0 }),
    label: Label,
    unsure: Type.Boolean(),
    note: Type.String({ maxLength: MOST_NOTE_CHARACTERS }),
  },
  { additionalProperties: false },
);

/**
 * The page and the few questions that it asks.
 *
 * @param tell called with what is wrong with the files: the page is told the place alone, for the rest may quote votes
 */
export function labellingRoutes(
  session: LabellingSession,
  {
    page,
    view,
    tell,
  }: { page: string; view: Omit<SessionView, 'done' | 'total' | 'next'>; tell(error: InputError): void },
): Route[] {
  const guarded = (work: () => unknown): Reply => {
    try {
      const value = work();
      return value === null ? refusal(404, 'the queue has no such case') : json(value);
    } catch (error) {
      if (error instanceof UnfitAnswer) return refusal(422, error.reasons.join(' '));
      if (!(error instanceof InputError)) throw error;
      tell(error);
      const places = error.problems.map(({ file, line }) => (line === null ? file : `${file}:${line}`));
      return refusal(409, 'a file cannot be used as it stands', { places: [...new Set(places)] });
    }
  };
  return [
    { method: 'GET', path: '', answer: () => ({ status: 200, type: 'text/html', body: page }) },
    {
      method: 'GET',
      path: 'api/session',
      answer: () => json({ ...view, ...session.progress() } satisfies SessionView),
    },
    {
      method: 'GET',
      path: 'api/case',
      answer: (query) => {
        const at = query.get('at') ?? '';
        return guarded(() => (/^\d{1,9}$/.test(at) ? session.view(Number(at)) : null));
      },
    },
    {
      method: 'POST',
      path: 'api/answer',
      answer: (_query, body) =>
        fits(SavedAnswer, body) ? guarded(() => session.save(body)) : refusal(400, 'not an answer'),
    },
  ];
}

function json(value: unknown): Reply {
  return { status: 200, type: 'application/json', body: JSON.stringify(value) };
}
