import { describe, expect, it } from 'vitest';
import { SecretFinder, withoutSecrets } from './secrets.ts';

/** Put together here, so that nobody's scanner takes this file for a leak. */
const GITHUB = ['ghp', 'wWPw5k4aXcaT4fNP0UcnZwJUVFk6LO0pINUx'].join('_');
const TOKEN = [
  'eyJhbGciOiJIUzI1NiJ9',
  'eyJzdWIiOiIxMjM0NTY3ODkwIn0',
  'dozjgNryP4J3jVmNHl0w5N_XgL0n3I9P',
].join('.');

async function secretsIn(conversations: readonly (readonly string[])[]) {
  const finder = new SecretFinder();
  for (const [index, contents] of conversations.entries())
    await finder.add({
      id: `c${index}`,
      messages: contents.map((content) => ({ role: 'user' as const, content })),
    });
  await finder.end();
  return finder.findings;
}

describe('secrets', () => {
  it('are named by kind, conversation and message, and never quoted', async () => {
    const findings = await secretsIn([
      ['hello 👋', 'nothing here'],
      ['fine', `it prints ${GITHUB} twice: ${GITHUB}`],
      [`the header is Bearer ${TOKEN}`],
      [`api_key = "${['9f8aKq2Lx', '7Zr0PtWm4Vb1'].join('')}"`],
    ]);
    expect(findings.map(({ kind, id, message }) => [kind, id, message])).toEqual([
      ['github', 'c1', 1],
      ['signed token', 'c2', 0],
      ['key or password', 'c3', 0],
    ]);
    expect(JSON.stringify(findings)).not.toContain('wWPw5k4a');
  });

  it('are found whatever a conversation says about what is to be reported', async () => {
    const findings = await secretsIn([
      ['// secretlint-disable', '# SecretLint-Disable-next-line'],
      [`// secretlint-disable-line ${GITHUB}`],
      [`key ${GITHUB} // secretlint-disable-line`],
    ]);
    expect(findings.map(({ kind, id }) => [kind, id])).toEqual([
      ['github', 'c1'],
      ['github', 'c2'],
    ]);
    expect(await withoutSecrets(`// secretlint-disable\n${GITHUB}`)).toBe('// secretlint-disable\n[github]');
  });

  it('are found in the right message among more than one pass takes', async () => {
    const filler = 'We talked about the weather, and then about the garden. '.repeat(400);
    const conversations = Array.from({ length: 60 }, (_, index) => [
      filler,
      index === 47 ? `${GITHUB} ok` : 'ok',
    ]);
    expect(await secretsIn(conversations)).toMatchObject([{ id: 'c47', message: 1 }]);
  });

  it('are not seen in words, names of variables and ordinary talk of passwords', async () => {
    const talk =
      'My password is correcthorsebatterystaple; set API_KEY=your_api_key_goes_here_1 and token: abc';
    expect(await secretsIn([[talk]])).toEqual([]);
  });
});
