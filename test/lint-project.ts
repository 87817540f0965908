import { loadLintSubjects } from '../src/cli/lint-subjects.ts';
import { type Finding, LINT_RULES, type LintRule, sortFindings } from '../src/lint/finding.ts';
import { lint } from '../src/lint/lint.ts';
import { findProject } from '../src/project/project.ts';
import { makeWorkspace } from './workspace.ts';

/** The first message of the first golden, which is long enough to be known again. */
const SAID = 'What shall I cook tonight with three leeks and a tin of beans from the cupboard? We are six.';

const TOPICS = ['food', 'travel', 'money'] as const;

interface LabelledConversation {
  id: string;
  lang: string;
  family: string;
  tags: string[];
  messages: { role: string; content: string }[];
}

const conversations: LabelledConversation[] = TOPICS.flatMap((topic) =>
  Array.from({ length: 24 }, (_, index) => ({
    id: `${topic}-${index}`,
    lang: 'en',
    family: `${topic}-${index}`,
    tags: index < 3 ? ['odd'] : [],
    messages:
      topic === 'food' && index === 0
        ? [
            { role: 'user', content: SAID },
            { role: 'assistant', content: 'Let me see what there is.' },
          ]
        : [{ role: 'user', content: `About ${topic}, please: question ${index}.` }],
  })),
);

const labels = conversations.map(({ id }, index) => {
  const topic = TOPICS.find((each) => id.startsWith(each)) ?? 'food';
  return {
    id,
    topic,
    also: topic === 'money' ? [] : [topic],
    urgent: index % 2 === 0,
    mood: ['low', 'even', 'high'][index % 3],
  };
});

const prompt = `---
max_tokens: 1000
question: |
  What does the person want? Answer with \`topic\`, \`also\`, \`urgent\` and \`mood\`.
---
You label what a person asks for, in the fields \`topic\`, \`also\`, \`urgent\` and \`mood\`.

## Field \`topic\`

- \`food\`: cooking, recipes, restaurants
- \`travel\`: trains, planes, holidays
- \`money\`: rent, prices, savings

## Field \`also\`

- \`food\`: cooking is talked about
- \`travel\`: a journey is talked about

## Field \`urgent\`

- \`true\`: the person cannot wait
- \`false\`: there is time

## Field \`mood\`

- \`low\`: sad or cross
- \`even\`: matter of fact
- \`high\`: glad or thankful

## Examples

<example>
<conversation>
<message number="1" role="user">My sourdough will not rise since Tuesday, though I feed the starter twice a day with rye flour.</message>
<message number="2" role="assistant">Is your kitchen colder than it was?</message>
</conversation>
<answer>{"topic": "food", "also": ["food"], "urgent": false, "mood": "even"}</answer>
</example>
<example>
<conversation>
<message number="1" role="user">Quick, the ferry leaves in ten minutes and nobody at the harbour tells me which pier!</message>
</conversation>
<answer>{"topic": "travel", "also": ["travel"], "urgent": true, "mood": "low"}</answer>
</example>
`;

const suite = `name: wish
prompt: prompts/wish.md
fields:
  topic: { kind: nominal, labels: [food, travel, money] }
  also: { kind: set, labels: [food, travel], contains: topic }
  urgent: { kind: binary }
  mood: { kind: ordinal, levels: { low: -1, even: 0, high: 1 } }
headline: topic.accuracy
rules:
  - { rule: floor, metric: topic.accuracy, min: 0.8 }
  - { rule: must_pass, field: topic, where: { tag: odd } }
  - { rule: budget, max_invalid: 0.02 }
on_undecided: warn
`;

/** A project without a fault: three topics, a set, a yes or no and a scale; 72 goldens, two examples. */
export const SOUND = { prompt, suite, conversations, labels };

/** Files of the sound project, with parts of it replaced. */
export function lintFiles(changes: Partial<typeof SOUND> = {}): Record<string, unknown> {
  const parts = { ...SOUND, ...changes };
  return {
    'prompts/wish.md': parts.prompt,
    'suites/wish.yaml': parts.suite,
    'goldens/conversations.jsonl': parts.conversations,
    'goldens/labels/wish.jsonl': parts.labels,
  };
}

/** What lint finds in a folder, notes apart unless a rule is named. */
export function findingsIn(
  root: string,
  { rule, model = 'embedded' }: { rule?: LintRule; model?: string } = {},
) {
  const subjects = loadLintSubjects(findProject(root), [], { model }, root);
  const all = Object.keys(LINT_RULES) as LintRule[];
  const found = sortFindings(subjects.flatMap((subject) => lint(subject, rule === undefined ? all : [rule])));
  return rule === undefined ? found.filter(({ severity }) => severity !== 'note') : found;
}

/** What lint finds in the sound project once parts of it are replaced: `prompts/wish.md:12 error label-differs …`. */
export function findingsWith(changes: Partial<typeof SOUND>): string[] {
  return findingsIn(makeWorkspace(lintFiles(changes))).map(show);
}

/** A finding on one line, as the tests compare it. */
function show({ file, line, severity, rule, what }: Finding): string {
  return `${file}:${line} ${severity} ${rule} ${what}`;
}

/** A text with one part of it replaced; it must be there. */
export function swapped(text: string, from: string, to: string): string {
  if (!text.includes(from)) throw new Error(`the text has no ${from}`);
  return text.replace(from, () => to);
}

/** Findings of the sound project with one passage of its prompt replaced. */
export const withPrompt = (from: string, to: string) =>
  findingsWith({ prompt: swapped(SOUND.prompt, from, to) });

/** The sound prompt with a third example. */
export function withExample(messages: readonly string[], answer: string, mark = ''): string {
  const turns = messages.map(
    (text, at) =>
      `<message number="${at + 1}" role="${at % 2 === 0 ? 'user' : 'assistant'}"${mark}>${text}</message>`,
  );
  return `${SOUND.prompt}<example>\n<conversation>\n${turns.join('\n')}\n</conversation>\n<answer>${answer}</answer>\n</example>\n`;
}
