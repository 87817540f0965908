import Type from 'typebox';
import type { Study } from '../../schema/study.ts';
import type { StudyStage } from '../../schema/study-record.ts';
import type { Total } from './count-selected.ts';
import type { Database } from './open-database.ts';
import { figureName, type ResultViews } from './result-views.ts';

const Asked = Type.Array(Type.Object({ asked: Type.Number(), answered: Type.Number() }));

/**
 * Conversations in and out of every stage. Up to the kept ones each stage takes what the one before let through; a
 * stage that is not in the study is left out. Then come two for each further question, which start from the
 * kept ones: those that were asked, and of these those with usable answers (to both windows).
 */
export async function funnelStages(
  database: Database,
  { repeated, rates, shifts }: Pick<ResultViews, 'repeated' | 'rates' | 'shifts'>,
  study: Study,
  total: Total,
): Promise<StudyStage[]> {
  const all = total(() => true);
  const answered = total(({ left }) => left !== 'no answer');
  const notDropped = answered - total(({ left }) => left === 'dropped');
  const ofKeptLabel = notDropped - total(({ left }) => left === 'not kept');
  const kept = total(({ left }) => left === null);
  const { drop, at_least: atLeast = {} } = study.select;
  const stages: StudyStage[] = [
    { name: 'read, each id once', in: all + repeated, out: all },
    { name: 'answered', in: all, out: answered },
  ];
  if (drop.length > 0) stages.push({ name: `not ${drop.join(' or ')}`, in: answered, out: notDropped });
  stages.push({ name: 'of a label to keep', in: notDropped, out: ofKeptLabel });
  if (Object.keys(atLeast).length > 0) {
    const lengths = Object.entries(atLeast).map(([label, least]) => `${label} of ${least}`);
    stages.push({ name: `${lengths.join(', ')} or more human messages`, in: ofKeptLabel, out: kept });
  }

  // Two figures of one question have the same stages.
  const further = new Map<string, StudyStage>();
  const add = async (name: string, table: string | undefined) => {
    const query = `SELECT count(*) AS asked, count(*) FILTER (answered) AS answered FROM ${table}`;
    const [counts = { asked: 0, answered: 0 }] = await database.rows(Asked, query);
    further.set(`${name}: asked`, { name: `${name}: asked`, in: kept, out: counts.asked });
    further.set(`${name}: answered`, { name: `${name}: answered`, in: counts.asked, out: counts.answered });
  };
  for (const rate of study.rates ?? []) await add(rate.suite, rates.get(figureName(rate)));
  for (const shift of study.shifts ?? [])
    await add(`${shift.suite}, ${shift.from} and ${shift.to}`, shifts.get(figureName(shift)));
  return [...stages, ...further.values()];
}
