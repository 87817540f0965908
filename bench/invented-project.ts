import { makeWorkspace } from '../test/workspace.ts';

const COLORS = {
  red: ['crimson', 'scarlet', 'like a fire engine', 'like a ripe tomato'],
  blue: ['navy', 'azure', 'like the deep ocean', 'like a clear sky'],
  green: ['emerald', 'olive', 'like moss', 'like a meadow in May'],
};
const ROOMS = ['hall', 'kitchen', 'attic', 'study', 'porch', 'cellar', 'nursery'];

/** What the stand-in answers to every question, so that its own thinking takes none of the machine's time. */
export const FIXED_ANSWER = '{"color":"red"}';

export const SYSTEM_TEXT = `Label the color that the person wants, from the person's own messages.

## Field \`color\`

- \`red\`: ${COLORS.red.join(', ')}
- \`blue\`: ${COLORS.blue.join(', ')}
- \`green\`: ${COLORS.green.join(', ')}
`;

export interface InventedGolden {
  id: string;
  color: string;
  text: string;
}

/** Short goldens, each another text: which color does the person want? */
export function inventGoldens(count: number): InventedGolden[] {
  const wishes = Object.entries(COLORS).flatMap(([color, words]) => words.map((word) => ({ color, word })));
  return Array.from({ length: count }, (_, index) => {
    const wish = wishes[index % wishes.length] ?? { color: 'red', word: 'crimson' };
    const room = ROOMS[Math.floor(index / wishes.length) % ROOMS.length];
    const text = `Please paint the ${room} of house ${index} for us, something ${wish.word}, by Friday.`;
    return { id: `case-${String(index).padStart(5, '0')}`, color: wish.color, text };
  });
}

/** A project in a temporary folder: one prompt, one suite, so many goldens. No rule: its speed is judged. */
export function inventProject(count: number): string {
  const goldens = inventGoldens(count);
  return makeWorkspace({
    'prompts/color.md': `---\nmax_tokens: 200\nquestion: Which color does the person want? Answer with \`color\`.\n---\n${SYSTEM_TEXT}`,
    'suites/color.yaml': [
      'name: color',
      'prompt: prompts/color.md',
      'fields:',
      '  color: { kind: nominal, labels: [red, blue, green] }',
      'headline: color.accuracy',
      'rules:',
      '  - { rule: floor, metric: color.accuracy, min: 0 }',
      '',
    ].join('\n'),
    'goldens/conversations.jsonl': goldens.map(({ id, text }) => ({
      id,
      lang: 'en',
      family: id,
      tags: [],
      messages: [{ role: 'user', content: text }],
    })),
    'goldens/labels/color.jsonl': goldens.map(({ id, color }) => ({ id, color, votes: [] })),
  });
}
