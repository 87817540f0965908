import type { CaseData, FieldData, PageData } from '../page-data.ts';

/** Which cases the list shows. */
export interface CaseFilter {
  show: 'flips' | 'broken' | 'fixed' | 'wrong' | 'split' | 'against' | 'unstable' | 'all';
  /** Empty for every suite, `1` for the second, `1.0` for its first field. */
  scope: string;
  /** Class of the field, as `FieldData.classes` names it; empty for any. */
  expected: string;
  /** As `expected`, or `invalid` where there is no usable answer. */
  given: string;
  tag: string;
  lang: string;
  window: string;
  /** Words that must all occur in the id, the text, the answers, the note or the tags. */
  search: string;
}

/** A case of the list: places in the data, and the fields for which it is shown. */
export interface FoundCase {
  suite: number;
  index: number;
  fields: number[];
}

/**
 * The cases that a filter lets through: those of which some field meets `show`, `expected` and `given` at
 * once; of flips the broken ones first. Runs in the page: it stands alone.
 *
 * @param textOf what `search` looks through, in small letters
 */
export function filterCases(
  { suites }: PageData,
  filter: CaseFilter,
  textOf: (suite: number, subject: CaseData) => string,
): FoundCase[] {
  const [scopeSuite = '', scopeField] = filter.scope.split('.');
  const words = filter.search.toLowerCase().split(/\s+/).filter(Boolean);
  const isClass = ({ isSet, classes }: FieldData, value: unknown, name: string) => {
    if (!classes.includes(name)) return false;
    if (!isSet) return String(value ?? 'none') === name;
    const has = Array.isArray(value) && value.includes(name.slice(name.indexOf(' ') + 1));
    return has === name.startsWith('has ');
  };
  const gives = (subject: CaseData, index: number, field: FieldData, name: string) =>
    subject.now.some(({ values }) =>
      values === null ? name === 'invalid' : name !== 'invalid' && isClass(field, values[index], name),
    );
  const shows = (subject: CaseData, field: number): boolean => {
    switch (filter.show) {
      case 'flips':
        return subject.changes[field] !== null;
      case 'broken':
      case 'fixed':
        return subject.changes[field] === filter.show;
      case 'wrong':
        return subject.right[field] === false;
      case 'split':
        return subject.split[field] === true;
      case 'against':
        return subject.against[field] === true;
      case 'unstable':
        return (
          new Set(subject.now.map((each) => JSON.stringify(each.values?.[field] ?? each.status))).size > 1
        );
      default:
        return true;
    }
  };
  const found = suites.flatMap(({ fields, cases }, suite) => {
    if (scopeSuite !== '' && suite !== Number(scopeSuite)) return [];
    return cases.flatMap((subject, index): FoundCase[] => {
      if (filter.lang !== '' && subject.lang !== filter.lang) return [];
      if (filter.window !== '' && subject.window !== filter.window) return [];
      if (filter.tag !== '' && !subject.tags.includes(filter.tag)) return [];
      const meant = fields.flatMap((field, at) =>
        (scopeField === undefined || at === Number(scopeField)) &&
        shows(subject, at) &&
        (filter.expected === '' || isClass(field, subject.expected[at], filter.expected)) &&
        (filter.given === '' || gives(subject, at, field, filter.given))
          ? [at]
          : [],
      );
      if (meant.length === 0) return [];
      const text = words.length === 0 ? '' : textOf(suite, subject);
      return words.every((word) => text.includes(word)) ? [{ suite, index, fields: meant }] : [];
    });
  });
  if (filter.show !== 'flips') return found;
  const isBroken = ({ suite, index, fields }: FoundCase) =>
    fields.some((field) => suites[suite]?.cases[index]?.changes[field] === 'broken');
  return [...found.filter(isBroken), ...found.filter((each) => !isBroken(each))];
}
