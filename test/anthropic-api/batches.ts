import type {
  DeletedMessageBatch,
  Message,
  MessageBatch,
  MessageBatchIndividualResponse,
  MessageBatchResult,
} from '@anthropic-ai/sdk/resources/messages';
import { ApiError } from './api-error.ts';
import { checkMessage } from './check-request.ts';
import type { BatchBody, MessageBody } from './request-schema.ts';

export interface BatchBehaviour {
  /** How often a batch is looked at before it has ended. */
  polls: number;
  /** What becomes of a request; by default it succeeds. */
  outcome: (customId: string, index: number) => 'succeeded' | 'errored' | 'expired';
  /** The order results come in. */
  order: (results: readonly MessageBatchIndividualResponse[]) => readonly MessageBatchIndividualResponse[];
  /** After how many bytes the results break off, by the number of the download from 1; null for never. */
  breakOffAfter: (download: number) => number | null;
}

/** One batch, for assertions. */
export interface Batch {
  id: string;
  requests: BatchBody['requests'];
  view: MessageBatch;
  pollsLeft: number;
  downloads: number;
  results: MessageBatchIndividualResponse[];
}

const DAY = 86_400_000;

/** Message Batches: newest first, and never forgotten until they are deleted. */
export function batchDesk(
  behaviour: BatchBehaviour,
  answer: (body: MessageBody) => Message,
  url: () => string,
) {
  const batches: Batch[] = [];
  const find = (id: string): Batch => {
    const batch = batches.find((each) => each.id === id);
    if (batch === undefined) throw new ApiError(404, `Message Batch ${id} not found.`);
    return batch;
  };

  const resultOf = (
    { custom_id, params }: BatchBody['requests'][number],
    index: number,
  ): MessageBatchResult => {
    const outcome = behaviour.outcome(custom_id, index);
    if (outcome === 'expired') return { type: 'expired' };
    try {
      if (outcome === 'errored') throw new ApiError(500, 'Internal server error');
      return { type: 'succeeded', message: answer(checkMessage(params)) };
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      return { type: 'errored', error: error.body(null) };
    }
  };
  const end = (batch: Batch, resultFor: typeof resultOf) => {
    const results = batch.requests.map((request, index) => {
      return { custom_id: request.custom_id, result: resultFor(request, index) };
    });
    batch.results = [...behaviour.order(results)];
    const count = (type: MessageBatchResult['type']) =>
      results.filter(({ result }) => result.type === type).length;
    Object.assign(batch.view, {
      processing_status: 'ended',
      ended_at: new Date().toISOString(),
      results_url: `${url()}/v1/messages/batches/${batch.id}/results`,
      request_counts: {
        processing: 0,
        succeeded: count('succeeded'),
        errored: count('errored'),
        canceled: count('canceled'),
        expired: count('expired'),
      },
    });
  };

  return {
    batches,
    create: ({ requests }: BatchBody): MessageBatch => {
      const id = `msgbatch_${String(batches.length + 1).padStart(6, '0')}`;
      const view: MessageBatch = {
        id,
        type: 'message_batch',
        archived_at: null,
        cancel_initiated_at: null,
        created_at: new Date().toISOString(),
        ended_at: null,
        expires_at: new Date(Date.now() + DAY).toISOString(),
        processing_status: 'in_progress',
        request_counts: { processing: requests.length, succeeded: 0, errored: 0, canceled: 0, expired: 0 },
        results_url: null,
      };
      batches.unshift({ id, requests, view, pollsLeft: behaviour.polls, downloads: 0, results: [] });
      return view;
    },
    retrieve: (id: string): MessageBatch => {
      const batch = find(id);
      if (batch.view.processing_status === 'canceling') end(batch, () => ({ type: 'canceled' }));
      else if (batch.view.processing_status === 'in_progress') {
        if (batch.pollsLeft <= 0) end(batch, resultOf);
        batch.pollsLeft -= 1;
      }
      return batch.view;
    },
    list: (query: URLSearchParams) => {
      const limit = Number(query.get('limit') ?? 20);
      if (!(limit >= 1 && limit <= 1000)) throw new ApiError(400, 'limit: must be between 1 and 1000');
      const after = query.get('after_id');
      const start = after === null ? 0 : batches.indexOf(find(after)) + 1;
      const page = batches.slice(start, start + limit).map(({ view }) => view);
      return {
        data: page,
        has_more: start + limit < batches.length,
        first_id: page[0]?.id ?? null,
        last_id: page.at(-1)?.id ?? null,
      };
    },
    cancel: (id: string): MessageBatch => {
      const { view } = find(id);
      if (view.processing_status === 'ended') throw new ApiError(400, `Batch ${id} has already ended.`);
      return Object.assign(view, {
        processing_status: 'canceling',
        cancel_initiated_at: new Date().toISOString(),
      });
    },
    remove: (id: string): DeletedMessageBatch => {
      const batch = find(id);
      if (batch.view.processing_status !== 'ended')
        throw new ApiError(400, `Batch ${id} is still in progress; cancel it first.`);
      batches.splice(batches.indexOf(batch), 1);
      return { id, type: 'message_batch_deleted' };
    },
    /** The results as JSON Lines, and where they break off. */
    results: (id: string): { text: string; breakOffAfter: number | null } => {
      const batch = find(id);
      if (batch.view.processing_status !== 'ended')
        throw new ApiError(400, `Batch ${id} has no results yet.`);
      batch.downloads += 1;
      const text = batch.results.map((result) => `${JSON.stringify(result)}\n`).join('');
      return { text, breakOffAfter: behaviour.breakOffAfter(batch.downloads) };
    },
  };
}
