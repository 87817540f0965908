import Type from 'typebox';

const Least = Type.Integer({ minimum: 1 });
const named = {
  minProperties: 1,
  additionalProperties: false,
  description: 'a name as the goldens have it, 64 characters at most',
};
/** Names that mean nothing to an object, `over 50` among them. */
const Name = Type.String({ pattern: '^(?!__proto__$)[A-Za-z0-9][A-Za-z0-9_ -]{0,63}$' });
const ofEach = Type.Union([Least, Type.Record(Name, Least, named)]);

/**
 * `goldens/minimums.yaml`: how many there must be, at least. A number is for everything of its kind, a map for
 * what it names.
 */
export const Minimums = Type.Object(
  {
    /** Cases of each class of each field. */
    label: Type.Optional(Least),
    /** The same of one field, in place of `label`: of each class, or of those named. */
    fields: Type.Optional(Type.Record(Name, ofEach, named)),
    /** Conversations of each language that occurs, or of those named. */
    lang: Type.Optional(ofEach),
    /** Conversations of each class of length, in messages of the user. */
    length: Type.Optional(ofEach),
    /** Conversations with each tag that occurs, or with those named. */
    tag: Type.Optional(ofEach),
  },
  { additionalProperties: false },
);

export type Minimums = Type.Static<typeof Minimums>;
