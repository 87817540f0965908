import type { ModelRequest } from '../model/model.ts';

/** UTF-16 characters of all that a model reads of a request, the schema of the answer as JSON. */
export function requestCharacters({ system, user, schema }: ModelRequest): number {
  return system.length + user.length + JSON.stringify(schema).length;
}
