/** A fourth classifier, made of a prompt, a suite and labels alone: which colour does the person want? */
const messages = {
  red: 'I would like the wall painted crimson, scarlet, like a fire engine or a ripe tomato.',
  blue: 'Make it the navy of a deep ocean, azure like a clear sky in summer.',
  green: 'Something leafy please, emerald or olive, like moss and grass in a meadow.',
};

const conversations = Object.entries(messages).flatMap(([color, text]) =>
  Array.from({ length: 12 }, (_, index) => ({
    id: `${color}-${index}`,
    lang: 'en',
    family: `${color}-${index}`,
    tags: index % 2 === 0 ? ['even'] : [],
    messages: [{ role: 'user', content: `${text} It is for room ${index}.` }],
  })),
);

const prompt = `---
max_tokens: 200
question: Which color does the person want? Answer with \`color\`.
---
Label the color that the person wants, from the person's own messages.

## Field \`color\`

- \`red\`: crimson, scarlet, like a fire engine, a ripe tomato, blood, cherries
- \`blue\`: navy, azure, the deep ocean, a clear sky
- \`green\`: emerald, olive, leafy, moss, grass, a meadow
`;

const suite = `name: color
prompt: prompts/color.md
fields:
  color: { kind: nominal, labels: [red, blue, green] }
headline: color.accuracy
rules:
  - { rule: floor, metric: color.accuracy, min: 0.8 }
  - { rule: no_worse_than_baseline, metric: color.accuracy, margin: 0.1, alpha: 0.05 }
`;

/** Files of a project that has this classifier and no other. */
export function colorProject(): Record<string, unknown> {
  return {
    'prompts/color.md': prompt,
    'suites/color.yaml': suite,
    'goldens/conversations.jsonl': conversations,
    'goldens/labels/color.jsonl': conversations.map(({ id }) => ({ id, color: id.split('-')[0], votes: [] })),
  };
}
