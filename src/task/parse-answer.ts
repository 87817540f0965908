import type { Field } from '../schema/field.ts';
import type { Label, Value } from '../schema/run-record.ts';
import { askedFields, type Task } from './task.ts';

export type ParsedAnswer = { ok: true; label: Label } | { ok: false; reason: string };

/**
 * Reads a model's text as an answer to the task: one JSON object with every asked field and legal values.
 * Set members come out in the suite's order.
 */
export function parseAnswer(task: Pick<Task, 'fields'>, text: string): ParsedAnswer {
  const answer = parseObject(text);
  if (!answer.ok) return answer;
  const given = new Map(Object.entries(answer.object));
  const label: Label = {};
  for (const [name, field] of askedFields(task)) {
    const value = given.has(name) ? readValue(field, given.get(name)) : undefined;
    if (value === undefined)
      return { ok: false, reason: `${name} is ${given.has(name) ? 'not a legal value' : 'missing'}` };
    label[name] = value;
    given.delete(name);
  }
  const extra = given.keys().next();
  return extra.done
    ? { ok: true, label }
    : { ok: false, reason: 'the answer has properties that nobody asked for' };
}

/**
 * Reads a model's text as one JSON object. A Markdown code fence around it is tolerated, anything else is
 * not, since an answer fished out of prose would be ours, not the model's.
 */
export function parseObject(
  text: string,
): { ok: true; object: Record<string, unknown> } | { ok: false; reason: string } {
  const bare = text.trim();
  const json = /^```(?:json)?\s*\n([\s\S]*?)\n?```$/.exec(bare)?.[1] ?? bare;
  let answer: unknown;
  try {
    answer = JSON.parse(json);
  } catch {
    return { ok: false, reason: bare === '' ? 'the answer is empty' : 'the answer is not JSON' };
  }
  return typeof answer !== 'object' || answer === null || Array.isArray(answer)
    ? { ok: false, reason: 'the answer is not a JSON object' }
    : { ok: true, object: { ...answer } };
}

function readValue(field: Field, value: unknown): Value | undefined {
  switch (field.kind) {
    case 'binary':
      return typeof value === 'boolean' ? value : undefined;
    case 'ordinal':
      return typeof value === 'string' && Object.hasOwn(field.levels, value) ? value : undefined;
    case 'nominal':
      if (value === null) return field.only_where === undefined ? undefined : null;
      return typeof value === 'string' && field.labels.includes(value) ? value : undefined;
    case 'set':
      if (!Array.isArray(value) || !value.every((item) => field.labels.includes(String(item))))
        return undefined;
      return field.labels.filter((label) => value.includes(label));
  }
}
