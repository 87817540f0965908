import { describe, expect, it } from 'vitest';
import {
  findingsIn,
  findingsWith,
  lintFiles,
  SOUND,
  swapped,
  withExample,
  withPrompt,
} from './lint-project.ts';
import { copyShippedProject, makeWorkspace } from './workspace.ts';

const { prompt, conversations } = SOUND;
const [golden] = conversations;
const said = golden?.messages.map(({ content }) => content) ?? [];
const FOOD = '{"topic": "food", "also": ["food"], "urgent": false, "mood": "even"}';

describe('a prompt without a fault', () => {
  it('has no findings', () => {
    expect(findingsWith({})).toEqual([]);
  });

  it('is what the shipped ones are, for the model they are measured with and for those of the API', () => {
    const root = copyShippedProject();
    expect(findingsIn(root)).toEqual([]);
    expect(findingsIn(root, { model: 'anthropic:claude-haiku-5-5' })).toEqual([]);
  });
});

describe('names of no part of the task', () => {
  it.each([
    [
      'a misspelt label in a list',
      '- `travel`: trains',
      '- `travle`: trains',
      /:11 error label-differs "travle" is no label or field of the task$/,
    ],
    [
      'a label of yesterday in a list',
      '- `money`: rent',
      '- `work`: jobs\n- `money`: rent',
      /:12 error label-differs "work" stands in a list of labels/,
    ],
    [
      'the same in a list without backticks',
      '- `food`: cooking, recipes, restaurants\n- `travel`: trains, planes, holidays\n- `money`: rent',
      '- food: cooking, recipes, restaurants\n- travel: trains\n- work: jobs\n- money: rent',
      /:12 error label-differs "work" stands in a list of labels/,
    ],
    [
      'another spelling of a label',
      'matter of fact',
      'matter of fact, unlike `High`',
      /:27 warning label-differs "High" is the task's "high" in another spelling/,
    ],
    [
      'a marked name that nothing has',
      'there is time',
      'there is time, see `deadline_kind`',
      /:22 warning label-differs "deadline_kind" is marked as a name/,
    ],
    [
      'a field in the question',
      'and `mood`.\n---',
      'and `moods`.\n---',
      /:4 error label-differs "moods" is no label or field of the task/,
    ],
    [
      'a label in an answer',
      '"mood": "low"}',
      '"mood": "lowest"}',
      /:43 error label-differs an example answers mood with "lowest", which is no label/,
    ],
    [
      'a field in an answer',
      '"urgent": true, "mood": "low"}',
      '"urgency": true, "mood": "low"}',
      /:43 error label-differs an example answers "urgency", which is no field/,
    ],
  ])('are found: %s', (_what, from, to, finding) => {
    const found = withPrompt(from, to);
    expect(found.filter((each) => each.includes('label-differs'))).toEqual([expect.stringMatching(finding)]);
  });

  it('are not what a prompt says of messages, tags or JSON', () => {
    expect(
      withPrompt('## Examples', 'Mind `role`, `user`, `why` and `null`.\n\n## Examples\n<why>x</why>'),
    ).toEqual([]);
  });
});

describe('labels and fields that the prompt leaves out', () => {
  it('are named: a label nowhere', () => {
    expect(withPrompt('- `high`: glad or thankful\n', '')).toEqual([
      expect.stringMatching(/:6 error label-undescribed the label high of mood is named nowhere/),
    ]);
  });

  it('are named: a label without a description', () => {
    expect(withPrompt('- `high`: glad or thankful\n', 'Else the mood is high.\n')).toEqual([
      expect.stringMatching(
        /:28 warning label-undescribed the label high of mood is named and not described/,
      ),
    ]);
  });

  it('are told once where all of a field are named in prose alone', () => {
    const mood = prompt.slice(prompt.indexOf('- `low`'), prompt.indexOf('\n\n## Examples'));
    expect(withPrompt(mood, 'Say low of the sad, even of the calm and high of the glad.')).toEqual([
      expect.stringMatching(/warning label-undescribed the labels of mood are named, and none has a desc/),
    ]);
  });

  it('are not labels that elements describe', () => {
    const mood = prompt.slice(prompt.indexOf('- `low`'), prompt.indexOf('\n\n## Examples'));
    const described = '<low>sad</low>\n<label name="even">calm</label>\n<level id="high">glad</level>';
    const nested = `<field name="mood">\n${described}\n</field>`;
    expect(withPrompt(mood, nested)).toEqual([]);
    expect(withPrompt(mood, nested.replace('calm', ''))).toEqual([
      expect.stringMatching(/warning label-undescribed the label even of mood is named and not described/),
    ]);
  });

  it('are named: a field', () => {
    const without = swapped(swapped(prompt, '## Field `urgent`', '## In a hurry?'), ', `urgent` and', ' and');
    const found = findingsWith({ prompt: swapped(without, ', `urgent` and', ' and') });
    expect(found).toEqual([
      expect.stringMatching(/warning field-unmentioned the field urgent is asked for and mentioned nowhere/),
    ]);
  });
});

describe('goldens in the prompt', () => {
  it('are found as an example, with the id', () => {
    expect(findingsWith({ prompt: withExample(said, FOOD) })[0]).toMatch(
      /:45 error example-leak the example repeats the text of the golden food-0: 100% of the shorter/,
    );
  });

  it('are found as an example with a word changed and an answer of its own', () => {
    const changed = said[0]?.replace('tonight', 'today') ?? '';
    expect(
      findingsWith({ prompt: withExample([changed, 'With a soup, I should say.'], FOOD) }),
    ).toContainEqual(
      expect.stringMatching(
        /:45 error example-leak the example repeats the text of the golden food-0: \d\d%/,
      ),
    );
  });

  it('are found as a sentence in the rules, and their text is kept apart', () => {
    const root = makeWorkspace(
      lintFiles({ prompt: swapped(prompt, 'a journey is talked about', `a journey ("${said[0]}")`) }),
    );
    const [first] = findingsIn(root, { rule: 'golden-quoted' });
    expect(first).toMatchObject({ severity: 'warning', file: 'prompts/wish.md', line: 17 });
    expect(first?.what).toMatch(/^\d\d words in a row are those of message 1 of the golden food-0$/);
    expect(first?.what).not.toContain('leeks');
    expect(first?.texts?.golden).toContain('three leeks');
  });

  it('are found in a writing that sets no blanks', () => {
    const text = '周末想带孩子去海边玩可是火车票全卖光了有没有别的办法可以一早出发';
    const chinese = conversations.map((each) =>
      each.id === 'travel-1' ? { ...each, lang: 'zh', messages: [{ role: 'user', content: text }] } : each,
    );
    const found = findingsWith({
      conversations: chinese,
      prompt: swapped(prompt, 'a journey is talked about', `a journey: ${text}`),
    });
    expect(found).toEqual([
      expect.stringMatching(/:17 warning golden-quoted 32 words in a row .* travel-1$/),
    ]);
  });
});

describe('examples', () => {
  const twice =
    'My sourdough will not rise since Tuesday, though I feed the starter twice a day with rye flour.';
  const asked = 'Is your kitchen colder than it was?';

  it('contradict each other with the same conversation and another answer', () => {
    const other = FOOD.replace('even', 'low');
    expect(findingsWith({ prompt: withExample([twice, asked], other) })).toEqual([
      expect.stringMatching(/:50 error example-contradiction .*that on line 37 with another answer/),
    ]);
    expect(findingsWith({ prompt: withExample([twice, asked], FOOD) })).toEqual([]);
    const respaced = twice.replace('Tuesday, though', 'Tuesday  though').replace(/\.$/, '');
    expect(findingsWith({ prompt: withExample([respaced, asked], other) })).toEqual([
      expect.stringMatching(/:50 error example-contradiction/),
    ]);
  });

  it('contradict each other with nearly the same conversation', () => {
    const other = FOOD.replace('even', 'low');
    const found = findingsWith({
      prompt: withExample([twice, 'Is your kitchen colder than before?'], other),
    });
    expect(found).toEqual([
      expect.stringMatching(/warning example-contradiction the example is \d\d% that on line/),
    ]);
  });

  it.each([
    ['a topic that the set lacks', '"also": ["travel"]', '"also": []', /also lacks "travel", the topic/],
    ['a missing field', ', "mood": "low"}', '}', /mood is missing/],
    ['a value of another kind', '"urgent": true', '"urgent": "true"', /urgent is not a legal value/],
  ])('have answers that are refused: %s', (_what, from, to, finding) => {
    expect(withPrompt(from, to)).toEqual([expect.stringMatching(finding)]);
    expect(withPrompt(from, to)[0]).toContain(':43 error example-answer');
  });

  it('are told of where no answer can be read', () => {
    expect(withPrompt('<answer>{"topic": "travel"', '<answer>{topic: travel')).toEqual([
      expect.stringMatching(/:39 warning example-answer the example has no conversation with an answer/),
    ]);
  });
});
