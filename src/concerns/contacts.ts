/**
 * What a contact or a number needs to be written, by the kind that it is called. Wider than a contact's grammar on
 * purpose: a published line needs neither digits nor `@`, so nothing is lost with them.
 */
export const CONTACTS: readonly (readonly [what: string, pattern: RegExp])[] = [
  ['a mail address', /\S\s*@\s*\S|\bat\b.*\bdot\b/iu],
  ['a web address', /:\/\/|\bwww\b|[\p{L}\p{N}]\.\p{L}|\bdot\s+[a-z]/iu],
  ['a handle', /[@#_]/u],
  // Telephone, card and account numbers, dates of birth, house numbers, IP addresses, times and ages alike.
  ['a digit', /\p{N}/u],
  [
    'a number in words',
    /\b(?:(?:zero|oh|one|two|three|four|five|six|seven|eight|nine|double)\b[\s,-]*){3}/iu,
  ],
  ['a title before a name', /\b(?:mr|mrs|ms|mx|dr|prof|sir|dame|señor|señora|herr|frau|madame|monsieur)\b/iu],
];
