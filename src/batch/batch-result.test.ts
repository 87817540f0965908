import { describe, expect, it } from 'vitest';
import type { Field } from '../schema/field.ts';
import { isByModel, isResultLine, type ResultLine, readResult } from './batch-result.ts';

const color: Field = { kind: 'nominal', labels: ['red', 'blue'] };
const task = { fields: { color } };
const message = (change: object = {}) => ({
  model: 'claude-haiku-4-5-20251001',
  content: [{ type: 'text', text: '{"color":"red"}' }],
  stop_reason: 'end_turn',
  usage: { input_tokens: 10, output_tokens: 2 },
  ...change,
});
const line = (result: ResultLine['result']): ResultLine => ({ custom_id: 'a', result });
const read = (result: ResultLine['result']) => readResult(line(result), task, () => 0.5);
const error = (type: string) => ({ type: 'error', error: { type, message: 'said\u001b[31m\nso' } });

describe("a line of a batch's results", () => {
  it('with a message is an answer, read and priced as any other', () => {
    expect(read({ type: 'succeeded', message: message() })).toMatchObject({
      kind: 'answered',
      answer: { status: 'answered', label: { color: 'red' }, usage: { cost_usd: 0.5 } },
    });
    expect(read({ type: 'succeeded', message: message({ stop_reason: 'refusal' }) })).toMatchObject({
      answer: { status: 'refused' },
    });
  });

  it.each([
    [{ type: 'succeeded', message: message({ stop_reason: 'pause_turn' }) }, 'failed'],
    [{ type: 'succeeded', message: 'none' }, 'failed'],
    [{ type: 'errored', error: error('invalid_request_error') }, 'failed'],
    [{ type: 'errored', error: error('api_error') }, 'again'],
    [{ type: 'errored', error: error('overloaded_error') }, 'again'],
    [{ type: 'errored', error: null }, 'again'],
    [{ type: 'expired' }, 'again'],
    [{ type: 'canceled' }, 'canceled'],
  ] satisfies [ResultLine['result'], string][])('%j is %s', (result, kind) => {
    expect(read(result)).toMatchObject({ kind });
  });

  it('has its error told on one line that commands no terminal', () => {
    expect(read({ type: 'errored', error: error('invalid_request_error') })).toEqual({
      kind: 'failed',
      reason: 'the API answered invalid_request_error: said [31m so',
    });
  });

  it('is of the model that was asked, whatever its date', () => {
    const given = line({ type: 'succeeded', message: message() });
    expect(isByModel(given, 'claude-haiku-4-5')).toBe(true);
    expect(isByModel(given, 'claude-haiku-4-5-20251001')).toBe(true);
    expect(isByModel(given, 'claude-haiku-5-5')).toBe(false);
    expect(isByModel(line({ type: 'expired' }), 'claude-haiku-5-5')).toBe(true);
  });

  it.each([null, 'text', {}, { custom_id: 'a' }, { custom_id: 1, result: { type: 'expired' } }])(
    'is not %j',
    (value) => {
      expect(isResultLine(value)).toBe(false);
    },
  );
});
