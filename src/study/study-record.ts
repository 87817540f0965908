import type { Tally } from '../corpus/tally.ts';
import type { Usage } from '../schema/run-record.ts';
import { STUDY_RECORD_VERSION, type StudyRecord } from '../schema/study-record.ts';
import type { LoadedStudy } from './load-study.ts';
import type { Counts } from './results/count-results.ts';

/** What a walk over a corpus knows beside its results. */
export interface StudyWalk {
  model: string;
  /** Paths from the project's root. */
  files: StudyRecord['corpus']['files'];
  /** As given; null where there was none. */
  mapping: string | null;
  tally: Pick<Tally, 'bad'>;
  git: StudyRecord['git'];
  startedAt: string;
  seconds: number;
  asked: number;
  spent: Usage;
}

/** Puts together the record of a study from its results' counts. Pure. */
export function buildStudyRecord(
  { study, suites }: LoadedStudy,
  walk: StudyWalk,
  counts: Counts,
): StudyRecord {
  const prompts = [...suites].map(
    ([
      name,
      {
        prompt: { path, sha256 },
      },
    ]) => [name, { path, sha256 }] as const,
  );
  const scales = (study.shifts ?? []).flatMap(({ suite, field: name }) => {
    const field = suites.get(suite)?.suite.task.fields[name];
    return field?.kind === 'ordinal' ? [[`${suite}.${name}`, field.levels] as const] : [];
  });
  const { corpus, ...counted } = counts;
  return {
    touchstone: 'study',
    version: STUDY_RECORD_VERSION,
    study,
    model: walk.model,
    prompts: Object.fromEntries(prompts),
    scales: Object.fromEntries(scales),
    corpus: {
      files: walk.files,
      ...(walk.mapping === null ? {} : { mapping: walk.mapping }),
      ...corpus,
      bad: walk.tally.bad,
    },
    git: walk.git,
    started_at: walk.startedAt,
    seconds: walk.seconds,
    ...counted,
    asked: walk.asked,
    spent: walk.spent,
  };
}
