import type { ServerResponse } from 'node:http';
import type { Behaviour } from './behaviour.ts';

export interface Delivery {
  status: number;
  headers: Readonly<Record<string, string>>;
  text: string;
  /** Bytes after which the connection is cut; null for the whole text. */
  breakOffAfter: number | null;
}

/** Sends a response, or breaks it the way it is told to. Gives the status that was sent, null for none. */
export function deliver(
  response: ServerResponse,
  delivery: Delivery,
  behaviour: Behaviour | undefined,
): number | null {
  const { status, headers, text } = delivery;
  const send = (body: string, more: Record<string, string> = {}) => {
    response.writeHead(status, { 'content-length': String(Buffer.byteLength(body)), ...headers, ...more });
    response.end(body);
    return status;
  };
  const bytes = Buffer.from(text);
  const sendPart = (length: number) => {
    response.writeHead(status, { ...headers, 'content-length': String(bytes.length) });
    response.write(bytes.subarray(0, length));
    return status;
  };
  switch (behaviour?.kind) {
    case 'reset':
      response.socket?.resetAndDestroy();
      return null;
    case 'stall':
      return sendPart(Math.floor(bytes.length / 2));
    case 'half-json':
      return send(text.slice(0, Math.floor(text.length / 2)));
    case 'no-message':
      return send('{"type":"message"}');
    case 'html':
      return send('<!doctype html><p>Welcome to this network', { 'content-type': 'text/html' });
    case 'headers':
      return send(text, { ...behaviour.headers });
    default:
      if (delivery.breakOffAfter === null) return send(text);
      sendPart(delivery.breakOffAfter);
      setImmediate(() => response.socket?.resetAndDestroy());
      return status;
  }
}
