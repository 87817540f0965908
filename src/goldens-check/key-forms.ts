/** A secret in a text: what it is, and the half-open range of UTF-16 units that it takes. */
export interface FoundKey {
  kind: string;
  start: number;
  end: number;
}

/** What is a key only by what stands before it. */
export const GIVEN_KEY = 'key or password';

/** Keys that say by their first letters whose they are, as the services that give them out document. */
const BY_PREFIX: readonly (readonly [kind: string, form: RegExp])[] = [
  ['aws', /(?<![A-Za-z0-9])(?:AKIA|ASIA)[A-Z2-7]{16}(?![A-Za-z0-9])/g],
  ['github', /(?<![\w-])github_pat_\w{40,255}/g],
  ['gitlab', /(?<![\w-])gl(?:pat|dt|rt|cbt|ptt)-[\w-]{20,300}/g],
  ['google', /(?<![\w-])AIza[\w-]{35}(?![\w-])/g],
  ['hugging face', /(?<![\w-])hf_[A-Za-z0-9]{30,100}/g],
  ['openai', /(?<![\w-])sk-(?:(?:proj|svcacct|admin)-[\w-]{20,300}|[A-Za-z0-9]{32,100}(?![\w-]))/g],
  ['stripe', /(?<![\w-])[rs]k_live_[A-Za-z0-9]{16,300}/g],
  ['telegram', /(?<![\w-])\d{8,10}:AA[\w-]{33}(?![\w-])/g],
  // RFC 7519.
  ['signed token', /(?<![\w-])eyJ[\w-]{8,2000}\.eyJ[\w-]{8,2000}\.[\w-]{16,1000}/g],
  ['privatekey', /-----BEGIN (?:[A-Z]{2,9} ){0,2}PRIVATE KEY-----[A-Za-z0-9+/=\s\\]{16,8000}/g],
];

/** What is given as a key and has three digits. */
const ASSIGNED =
  /(?:api[_-]?key|secret|token|passw(?:or)?d|pwd|credential)s?["']?\s*(?:[:=]|is)\s*["'`]?(?=(?:[^\s"'`\d]{0,40}\d){3})(?=[^\s"'`]{0,99}[A-Za-z])([\w+/=.~!@#$%^&*-]{16,100})/gi;
const BEARER = /(?<![A-Za-z])Bearer\s(?=(?:[^\s\d]{0,40}\d){3})([\w+/=.~-]{20,300})/g;
/** Bits a character: words stay under it, generated keys do not. Source: Shannon (1948). */
const LEAST_ENTROPY = 3.5;
/** A password that is told, in the languages of the goldens. */
const PASSWORD =
  /(?:passwor[dt]|passcode|mot de passe|contraseña|senha|hasło|пароль|密码|密碼|パスワード|비밀번호|كلمة المرور)\s*(?:[:=：是は—]|(?:is|ist|lautet|est|es)[ :])\s*["'`„“«]?([\w+/=.~!@#$%^&*-]{8,64})/giu;

/** Keys and passwords that are known by their form, kind by kind. */
export function keysIn(text: string): FoundKey[] {
  const named = BY_PREFIX.flatMap(([kind, form]) =>
    Array.from(text.matchAll(form), ({ index, 0: key }) => ({ kind, start: index, end: index + key.length })),
  );
  // The keys of documentation, as AKIAIOSFODNN7EXAMPLE.
  const real = named.filter(({ start, end }) => !text.slice(start, end).endsWith('EXAMPLE'));
  const given = [...text.matchAll(ASSIGNED), ...text.matchAll(BEARER)].filter(
    ({ 1: value = '' }) => entropyOf(value) >= LEAST_ENTROPY,
  );
  const told = [...text.matchAll(PASSWORD)].filter(({ 1: value = '' }) => isMadeUp(value));
  const said = [...given, ...told].map(({ index, 0: assignment }) => {
    return { kind: GIVEN_KEY, start: index, end: index + assignment.length };
  });
  return [...real, ...said];
}

/** Whether it is written as a password has to be, with small letters, digits, and capitals or signs, and no word is. */
function isMadeUp(value: string): boolean {
  return /[a-z]/.test(value) && /\d/.test(value) && /[A-Z!@#$%^&*+]/.test(value.replace(/[!.]+$/, ''));
}

function entropyOf(text: string): number {
  const counts = Object.values(Object.groupBy(text, (character) => character)).map((all) => all?.length ?? 0);
  return counts.reduce((sum, count) => sum - (count / text.length) * Math.log2(count / text.length), 0);
}
