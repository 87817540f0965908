import { matchesOf, type PersonalMatch } from './personal-match.ts';

const ADDRESS =
  /(?<![\p{L}\p{N}.])(?:(?:www\.|m\.|[a-z]{2}\.)?(?:twitter|x|instagram|facebook|fb|tiktok|threads|github|gitlab|snapchat|pinterest|vk|weibo|twitch|soundcloud|medium)\.com\/(?:@|in\/|add\/|u\/)?|(?:[a-z]{2,3}\.)?linkedin\.com\/in\/|(?:www\.|old\.)?reddit\.com\/u(?:ser)?\/|t\.me\/|wa\.me\/|(?:www\.)?youtube\.com\/@)[\p{L}\p{N}_.-]{3,60}/giu;
/** A handle after a blank, not the end of a mail address, not before a call or a path. */
const HANDLE = /(?<=^|[\s(:"'“])@[A-Za-z][A-Za-z0-9_]{2,29}(?![\w@(./:-]|\.\w)/gmu;
/** Pages that are about the service, and what programs and chat rooms write with an at sign. */
const NOBODYS =
  /\.com\/(?:about|help|home|login|explore|policies|settings|features|orgs|topics|search|hashtag|share|intent|watch|privacy|terms)\b/i;
const AT_WORDS: ReadonlySet<string> = new Set(
  `all author autowired bean channel click component deprecated everyone example export extend font-face get group
  here import include injectable input interface keyframes layer media mention mixin module nullable order org
  output override param path post private property protected public request return returns rest schema section see
  service since staticmethod classmethod property supports tailwind test throws todo token type typedef use user
  username username_here value version handle your_username yourhandle`.split(/\s+/),
);

/** Addresses of profiles, and handles. */
export function findProfiles(text: string): PersonalMatch[] {
  const pages = /\.(?:com|me)\//i.test(text) ? matchesOf(text, 'profile', ADDRESS) : [];
  const handles = text.includes('@') ? matchesOf(text, 'profile', HANDLE) : [];
  return [
    ...pages.filter(({ start, end }) => !NOBODYS.test(text.slice(start, end))),
    ...handles.filter(({ start, end }) => !AT_WORDS.has(text.slice(start + 1, end).toLowerCase())),
  ];
}
