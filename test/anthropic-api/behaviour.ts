/** Ways in which the stand-in can be told to answer. */
export type Behaviour =
  /** An error: 429, 500, 529 and the like, with the headers given. */
  | { kind: 'error'; status: number; message?: string; headers?: Readonly<Record<string, string>> }
  /** The socket is reset: before anything is answered, or after the answer was produced and must be paid. */
  | { kind: 'reset'; when: 'before' | 'after' }
  /** Headers and half the body, and then silence. */
  | { kind: 'stall' }
  /** A whole response whose JSON breaks off half-way. */
  | { kind: 'half-json' }
  /** Status 200, JSON, and no message. */
  | { kind: 'no-message' }
  /** Status 200 and a page of HTML. */
  | { kind: 'html' }
  /** An answer that ends for this reason; `pause_turn` gives half the text, and the rest when it is sent back. */
  | { kind: 'stop'; reason: string; text?: string }
  /** This text instead of the model's. */
  | { kind: 'text'; text: string }
  /** The usual answer, with these headers. */
  | { kind: 'headers'; headers: Readonly<Record<string, string>> }
  /** The usual answer, this much later. */
  | { kind: 'slow'; milliseconds: number };

/** What a request was, as far as a behaviour may depend on it. */
export interface RecordedRequest {
  endpoint: 'messages' | 'count_tokens' | 'batches';
  method: string;
  /** With its query. */
  path: string;
  /** 1-based, among the requests to the same endpoint. */
  number: number;
  /** Lower-case names; the key is left out. */
  headers: Readonly<Record<string, string | undefined>>;
  /** As it came, and parsed; null where there was none. */
  text: string;
  body: unknown;
  /** Milliseconds of the server's clock. */
  at: number;
  /** What was answered; null where the socket was reset or is still open. */
  status: number | null;
  /** Tokens that were used, and would be paid, whether or not the answer arrived. */
  usage: { input: number; output: number; written: number; read: number } | null;
}

export type Behave = ReadonlyMap<number, Behaviour> | ((request: RecordedRequest) => Behaviour | undefined);

/** How to answer a request. A map holds for message requests, by their number. */
export function behaviourFor(behave: Behave | undefined, request: RecordedRequest): Behaviour | undefined {
  if (typeof behave === 'function') return behave(request);
  return request.endpoint === 'messages' ? behave?.get(request.number) : undefined;
}
