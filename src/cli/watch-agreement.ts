import type { Question } from '../ask/evaluate.ts';
import { IncompleteRunError } from '../errors/errors.ts';
import type { OpenModel } from '../model/open-model.ts';
import { plural } from '../score/metric-text.ts';
import { describeForecast, forecast } from './cost.ts';
import type { AskPerson } from './watch-session.ts';

export interface AgreementOptions {
  maxUsd?: number;
  confirmAbove: number;
}

/**
 * Makes a function that lets a run's questions be asked or throws. What is free may always be asked. Else the person
 * has to say yes before the session's first such question, and again before any run that may cost more than
 * `confirmAbove`. Where nobody can be asked, `--max-usd` has to have said it.
 *
 * @param isFree whether the model costs nothing
 * @param askPerson null where nobody can be asked
 */
export function agreement(
  opened: OpenModel,
  isFree: boolean,
  options: AgreementOptions,
  askPerson: AskPerson | null,
): (suite: string, missing: readonly Question[], signal: AbortSignal) => Promise<void> {
  let isAgreed = false;
  return async (suite, missing, signal) => {
    if (isFree || missing.length === 0) return;
    if (askPerson === null) {
      if (options.maxUsd !== undefined) return;
      throw new IncompleteRunError(
        `${plural(missing.length, 'question')} may cost money, and nobody can be asked.`,
        'Say how much with --max-usd, or watch on a terminal.',
      );
    }
    const { text, usd } = await estimate(opened, missing, signal);
    if (isAgreed && (usd === null || usd <= options.confirmAbove)) return;
    if (!(await askPerson(suite, `${text}. Ask them?`, signal)))
      throw new IncompleteRunError('Nothing was asked.', 'r asks again.');
    isAgreed = true;
  };
}

/** @returns dollars at most; null where no price is known */
async function estimate(
  opened: OpenModel,
  missing: readonly Question[],
  signal: AbortSignal,
): Promise<{ text: string; usd: number | null }> {
  const { id } = opened.model;
  if (!opened.paid) return { text: `${id}: ${plural(missing.length, 'request')}, cost unknown`, usd: null };
  const requests = missing.map((question) => question.case.request);
  const found = await forecast(requests, opened.model, opened.price, signal);
  return { text: `${id}: ${describeForecast(found)}`, usd: found.usd?.high ?? null };
}
