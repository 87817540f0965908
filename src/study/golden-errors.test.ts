import { appendFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { jsonLinesOf, studyProject, writeStudy } from '../../test/study-project.ts';
import { type Project, projectAt } from '../project/project.ts';
import type { Conversation } from '../schema/conversation.ts';
import type { Label } from '../schema/run-record.ts';
import type { StudyRecord } from '../schema/study-record.ts';
import { readGoldenErrors } from './golden-errors.ts';
import { readStudyRecord } from './record-files.ts';
import { labelledCases } from './tally-errors.ts';

async function shipped(): Promise<{ project: Project; record: StudyRecord }> {
  const conversations = [{ id: 'c1', primary: 'coaching' }];
  const root = studyProject(conversations);
  const folder = await writeStudy(root, 'study', conversations);
  return { project: projectAt(root), record: readStudyRecord(folder, 'study') };
}

const shown = (file: string) => path.basename(file);

describe('what goldens tell of a study', () => {
  it('are the counts of the accepted run by the labels of today', async () => {
    const { project, record } = await shipped();
    const { errors, cautions, problems } = readGoldenErrors(record, project, shown);
    expect([problems, cautions]).toEqual([[], []]);

    const labels = jsonLinesOf(path.join(project.goldens, 'labels', 'affective.jsonl')) as (Label & {
      id: string;
    })[];
    const [, ...cases] = jsonLinesOf(path.join(project.baselines, 'affective.embedded.jsonl')) as {
      id: string;
      answers: { label?: Label }[];
    }[];
    const truths = new Map(labels.map(({ id, ...label }) => [id, label]));
    const conversations = jsonLinesOf(path.join(project.goldens, 'conversations.jsonl')) as Conversation[];
    const askedOften = new Set(
      conversations
        .filter(({ messages }) => messages.filter(({ role }) => role === 'user').length >= 4)
        .map(({ id }) => id),
    );
    const isCounseling = (id: string, { primary, topics }: Label = {}) =>
      Array.isArray(topics) &&
      topics.includes('counseling') &&
      (primary !== 'roleplay' || askedOften.has(id));
    const both = cases.filter(
      ({ id, answers: [first] }) => isCounseling(id, truths.get(id)) && isCounseling(id, first?.label),
    );
    expect(errors?.topics.counseling?.truePositive).toBe(both.length);
    expect(errors?.kept === null || errors?.kept === undefined ? 0 : labelledCases(errors.kept)).toBe(418);
    const rate = errors?.rates['pushback.pushback'];
    const kept = (errors?.kept?.truePositive ?? 0) + (errors?.kept?.falsePositive ?? 0);
    expect(rate === undefined ? 0 : labelledCases(rate)).toBe(kept);
    expect(errors?.shifts['sentiment.sentiment']?.conversations).toBeGreaterThan(50);
  });

  it('are nothing for a model that no run of was accepted, or where a prompt has changed since', async () => {
    const { project, record } = await shipped();
    const other = readGoldenErrors({ ...record, model: 'anthropic:claude-haiku-5-5' }, project, shown);
    expect(other.errors).toBeNull();
    expect(other.cautions).toHaveLength(3);
    const changed = { path: 'prompts/affective.md', sha256: 'a'.repeat(64) };
    const { errors, cautions } = readGoldenErrors(
      { ...record, prompts: { ...record.prompts, affective: changed } },
      project,
      shown,
    );
    expect(errors?.kept).toBeNull();
    expect(errors?.topics).toEqual({});
    expect(Object.keys(errors?.rates ?? {})).toEqual(['pushback.pushback']);
    expect(cautions).toEqual([
      'Nothing is known from goldens of the errors of affective: the accepted run is of another prompt.',
    ]);
  });

  it('are refused where goldens, baselines or suites are broken, with every problem', async () => {
    const { project, record } = await shipped();
    appendFileSync(path.join(project.goldens, 'labels', 'affective.jsonl'), '{"id": "c0002"\n');
    appendFileSync(path.join(project.baselines, 'pushback.embedded.jsonl'), 'no JSON\n');
    rmSync(path.join(project.suites, 'sentiment.yaml'));
    const { problems } = readGoldenErrors(record, project, shown);
    expect(problems.map(({ file }) => file).sort()).toEqual(
      expect.arrayContaining(['affective.jsonl', 'pushback.embedded.jsonl', 'suites']),
    );
  });
});
