import { describe, expect, it } from 'vitest';
import { findLeaks } from './find-leaks.ts';

const golden = {
  id: 'c1',
  messages: [
    { content: 'My manager reads my messages aloud in meetings and I do not know how to make her stop.' },
    { content: 'thanks' },
  ],
};

describe('leaks', () => {
  it('are found where a prompt holds a message among other text, a word changed or not', () => {
    const text = `Example: "my manager reads my messages ALOUD in meetings, and I do not know how to make him stop" is coaching.`;
    expect(findLeaks([{ where: 'p.md:3', text }], [golden])).toMatchObject([
      { where: 'p.md:3', id: 'c1', message: 0, repeats: 'message' },
    ]);
  });

  it('are found where a prompt quotes a part of a message', () => {
    const text = 'reads my messages aloud in meetings and I do not know';
    expect(findLeaks([{ where: 'p.md:3', text }], [golden])).toMatchObject([
      { contained: 1, repeats: 'passage' },
    ]);
  });

  it('are not found where a few words agree, or a message is too short to tell', () => {
    const text = 'A person whose manager is unkind in meetings asks how to make it stop. Say thanks.';
    expect(findLeaks([{ where: 'p.md', text }], [golden])).toEqual([]);
  });
});
