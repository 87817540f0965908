import type Type from 'typebox';
import { KNOWN_MODELS } from '../../src/model/anthropic/model-names.ts';
import { fits, violationsOf } from '../../src/schema/check.ts';
import { ApiError } from './api-error.ts';
import { BatchBody, CountBody, MessageBody } from './request-schema.ts';

/** The body of a message request, or the API's refusal of it. */
export function checkMessage(body: unknown): MessageBody {
  const checked = checkShape(MessageBody, body);
  checkModel(checked.model);
  checkFormat(checked.output_config?.format?.schema);
  checkCacheControls(checked);
  return checked;
}

export function checkCount(body: unknown): CountBody {
  const checked = checkShape(CountBody, body);
  checkModel(checked.model);
  return checked;
}

export function checkBatch(body: unknown): BatchBody {
  const checked = checkShape(BatchBody, body);
  const ids = new Set(checked.requests.map(({ custom_id }) => custom_id));
  if (ids.size < checked.requests.length) throw new ApiError(400, 'requests: custom_id must be unique');
  return checked;
}

export function checkHeaders(headers: Readonly<Record<string, string | undefined>>, key: string): void {
  const bearer = headers.authorization?.replace(/^Bearer /, '');
  const given = headers['x-api-key'] ?? bearer;
  if (given === undefined) throw new ApiError(401, 'x-api-key header is required');
  if (given !== key) throw new ApiError(401, 'invalid x-api-key');
  const version = headers['anthropic-version'];
  if (version === undefined) throw new ApiError(400, 'anthropic-version: header is required');
  if (!/^\d{4}-\d{2}-\d{2}$/.test(version))
    throw new ApiError(400, `anthropic-version: "${version}" is not a valid version`);
}

function checkShape<S extends Type.TSchema>(schema: S, body: unknown): Type.Static<S> {
  if (fits(schema, body)) return body;
  const [violation] = violationsOf(schema, body);
  const place = violation?.path.join('.') ?? '';
  const what = violation?.what ?? 'invalid';
  if (what.startsWith('unknown property'))
    throw new ApiError(400, `${place}: Extra inputs are not permitted`);
  throw new ApiError(400, `${place}: ${what.startsWith('missing property') ? 'Field required' : what}`);
}

function checkModel(model: string): void {
  const known = KNOWN_MODELS.some((name) => name === model.replace(/-\d{8}$/, ''));
  if (!known) throw new ApiError(404, `model: ${model}`);
}

function checkCacheControls({ system, messages }: MessageBody): void {
  const blocks = [system ?? [], ...messages.map(({ content }) => content)].filter(
    (part) => typeof part !== 'string',
  );
  const marked = blocks.flat().filter((block) => 'cache_control' in block && block.cache_control != null);
  if (marked.length > 4) throw new ApiError(400, 'A maximum of 4 blocks with cache_control may be provided');
}

/** Structured outputs take a part of JSON Schema only. */
function checkFormat(schema: unknown, place = 'output_config.format.schema'): void {
  if (Array.isArray(schema)) {
    for (const [index, part] of schema.entries()) checkFormat(part, `${place}.${index}`);
  } else if (typeof schema === 'object' && schema !== null) {
    const object: Record<string, unknown> = { ...schema };
    if (object.type === 'object' && object.additionalProperties !== false)
      throw new ApiError(
        400,
        `${place}: For 'object' type, 'additionalProperties' must be explicitly set to false`,
      );
    for (const word of [
      'minimum',
      'maximum',
      'minLength',
      'maxLength',
      'multipleOf',
      'maxItems',
      'uniqueItems',
    ])
      if (Object.hasOwn(object, word)) throw new ApiError(400, `${place}: '${word}' is not supported`);
    for (const [name, part] of Object.entries(object))
      if (name !== 'enum') checkFormat(part, `${place}.${name}`);
  }
}
