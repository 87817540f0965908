import { describe, expect, it } from 'vitest';
import { keysIn } from './key-forms.ts';

/** Put together here, so that nobody's scanner takes this file for a leak. */
const key = (...parts: string[]) => parts.join('');

describe('keys', () => {
  it.each([
    ['aws', key('AKIA', 'Z7Q5XW3NVB4K6J2M')],
    ['github', key('github', '_pat_', '11ABCDEFG0aBcDeFgHiJkL_mNoPqRsTuVwXyZ0123456789aBcDeFg')],
    ['gitlab', key('glpat', '-', 'aBcDeFgHiJkLmNoPqRsT')],
    ['google', key('AIza', 'SyA1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q')],
    ['hugging face', key('hf', '_', 'aBcDeFgHiJkLmNoPqRsTuVwXyZabcdefgh')],
    ['openai', key('sk-', 'proj-', 'Ab12Cd34Ef56Gh78Ij90Kl12Mn34Op56Qr78St90')],
    ['stripe', key('sk', '_live_', '51H8Ab12Cd34Ef56Gh78Ij90Kl')],
    ['telegram', key('123456789', ':AA', 'HdqTcvCH1vGWJxfSeofSAs0K5PALDsaw9')],
    ['privatekey', key('-----BEGIN RSA PRIVATE', ' KEY-----\n', 'MIIEpAIBAAKCAQEA7bq1XZ3sQ2v9k\n')],
    ['key or password', key('Bearer ', '8f14e45fceea167a5a36dedd4bea2543')],
    ['key or password', key('password is ', 'Tr0ub4dor&3')],
    ['key or password', key('Passwort: ', 'Kj8!mmQ29zz')],
    ['key or password', key('mot de passe : ', 'Soleil2024')],
    ['key or password', key('пароль: ', 'Moskva77zz')],
  ])('of %s are found whole, and nothing beside them', (kind, text) => {
    expect(keysIn(`it is: ${text}`)).toEqual([{ kind, start: 7, end: 7 + text.length }]);
  });

  it.each([
    ['a key of documentation', 'AKIAIOSFODNN7EXAMPLE'],
    ['a name in kebab case', 'sk-learn-pipelines and risk-assessment-of-all-the-things'],
    [
      'advice about passwords',
      'A good password is something24 long. Password: required! Your password is Incorrect.',
    ],
    ['a rule for passwords', 'the password is case-sensitive and min. 8 characters; password = input()'],
    ['a heading of a key', '-----BEGIN PUBLIC KEY-----MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A'],
    ['a bearer of news', 'Bearer of bad news of 2019, 2020 and 2021'],
  ])('are not seen in %s', (_what, text) => {
    expect(keysIn(text)).toEqual([]);
  });
});
