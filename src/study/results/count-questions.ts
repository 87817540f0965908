import Type from 'typebox';
import type { StudyRecord } from '../../schema/study-record.ts';
import type { Total } from './count-selected.ts';
import type { Database } from './open-database.ts';
import type { ResultViews } from './result-views.ts';

type Questions = StudyRecord['questions'][number];

const ByStatus = Type.Array(Type.Object({ status: Type.String(), count: Type.Number() }));

/** What became of the questions of each suite, the selecting one first. A window is a question of its own. */
export async function countQuestions(
  database: Database,
  { further }: Pick<ResultViews, 'further'>,
  selecting: string,
  total: Total,
): Promise<Questions[]> {
  const questions = [questionsOf(selecting, (wanted) => total(({ status }) => status === wanted))];
  for (const [suite, view] of further) {
    const query = `SELECT status, count(*) AS count FROM ${view} GROUP BY status`;
    const counts = await database.rows(ByStatus, query);
    questions.push(
      questionsOf(suite, (wanted) => counts.find(({ status }) => status === wanted)?.count ?? 0),
    );
  }
  return questions;
}

function questionsOf(suite: string, count: (status: string) => number): Questions {
  return {
    suite,
    answered: count('answered'),
    invalid: count('invalid'),
    refused: count('refused'),
    failed: count('failed'),
  };
}
