import type Anthropic from '@anthropic-ai/sdk';
import { messageParams } from '../model/anthropic/message-params.ts';
import type { HashedRequest } from '../plan/request-maker.ts';

/** One line of the Message Batches format. */
export type BatchRequest = Anthropic.Messages.BatchCreateParams.Request;

/** What of a question goes into a batch. */
export interface BatchQuestion {
  case: HashedRequest;
  /** 0-based. */
  repeat: number;
}

/** Digits of the request's hash in a custom id: the API takes 64 characters, and the repeat needs some. */
const HASH_DIGITS = 56;
const CUSTOM_ID = /^([0-9a-f]{56})-(0|[1-9]\d{0,6})$/;

/** The name of a question within its batch: stable, and the same for questions with the same answer. */
export function customId(requestHash: string, repeat: number): string {
  return `${requestHash.slice(0, HASH_DIGITS)}-${repeat}`;
}

/** The start of the request's hash, and the repeat (0-based); null for an id that is none of ours. */
export function readCustomId(id: string): { hashStart: string; repeat: number } | null {
  const [, hashStart, repeat] = CUSTOM_ID.exec(id) ?? [];
  return hashStart === undefined ? null : { hashStart, repeat: Number(repeat) };
}

/** What `readCustomId` gives as `hashStart` for a request with this hash. */
export function hashStart(requestHash: string): string {
  return requestHash.slice(0, HASH_DIGITS);
}

/** A question as the Message Batches API takes it. */
export function batchRequest(question: BatchQuestion, model: string): BatchRequest {
  return {
    custom_id: customId(question.case.requestHash, question.repeat),
    params: messageParams(question.case.request, model),
  };
}

/** Size of a request's JSON as UTF-8. */
export function requestBytes(request: BatchRequest): number {
  return Buffer.byteLength(JSON.stringify(request));
}
