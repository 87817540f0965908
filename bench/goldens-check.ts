import type { Finding } from '../src/goldens-check/finding.ts';
import { makeWorkspace } from '../test/workspace.ts';
import { TOUCHSTONE } from './ask-invented.ts';
import { atLeast, atMost, type Figure, plain } from './figure.ts';
import { writeGoldenCorpus } from './golden-corpus.ts';
import { timedCommand } from './timed-command.ts';

const CONVERSATIONS = 100_000;

/** Checking many goldens: time and memory, what was planted and found, and what was found beside it. */
export async function benchGoldensCheck(): Promise<Figure[]> {
  const cwd = makeWorkspace({
    'prompts/mood.md':
      '---\nmax_tokens: 100\nquestion: Which mood? Answer with `mood`.\n---\nLabel the mood: low, even or high.\n',
    'suites/mood.yaml': [
      'name: mood',
      'prompt: prompts/mood.md',
      'fields:',
      '  mood: { kind: nominal, labels: [low, even, high] }',
      'headline: mood.accuracy',
      'rules:',
      '  - { rule: floor, metric: mood.accuracy, min: 0 }',
      '',
    ].join('\n'),
  });
  const { planted, bytes } = writeGoldenCorpus(cwd, CONVERSATIONS);
  const { out, seconds, peakMegabytes } = await timedCommand(TOUCHSTONE, ['goldens', 'check', '--json'], {
    cwd,
    env: {},
    expectedCodes: [1],
  });
  const { findings } = JSON.parse(out) as { findings: Finding[] };
  const found = Map.groupBy(findings, kindOf);
  const shares = [...planted].map(([kind, ids]) => {
    const at = new Set((found.get(kind) ?? []).map((finding) => idOf(finding)));
    return atLeast(`planted and found: ${kind}`, [...ids].filter((id) => at.has(id)).length / ids.size, 0.99);
  });
  const plantedIds = new Set([...planted.values()].flatMap((ids) => [...ids]));
  const beside = findings.filter((finding) => kindOf(finding) !== 'thin' && !plantedIds.has(idOf(finding)));
  const what = `${CONVERSATIONS.toLocaleString('en')} conversations`;
  return [
    plain(`${what}: MB`, (bytes / 1e6).toFixed(0)),
    atMost(`${what}: seconds`, seconds, 60, 1),
    atMost(`${what}: peak MB`, peakMegabytes, 1_000, 0),
    ...shares,
    plain('found where nothing was planted', String(beside.length)),
  ];
}

function kindOf(finding: Finding): string {
  if (finding.section === 'secrets') return 'secret';
  return finding.section === 'duplicates' || finding.section === 'personal' ? finding.kind : finding.section;
}

/** The later of two duplicates, which is the copy. */
function idOf(finding: Finding): string {
  if (finding.section === 'duplicates') return finding.ids[1];
  return 'id' in finding ? String(finding.id) : '';
}
