/** A body that goes on past what is wanted of it. */
export class BodyTooLargeError extends Error {
  constructor(maxBytes: number) {
    super(`the body is larger than ${maxBytes.toLocaleString('en')} bytes`);
    this.name = 'BodyTooLargeError';
  }
}

/**
 * A response's whole body, read piece by piece and broken off where it goes past `maxBytes`, whatever its
 * headers say.
 *
 * @throws BodyTooLargeError past the limit; what the connection throws where the body breaks off
 */
export async function readCapped(response: Response, maxBytes: number): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of response.body ?? []) {
    length += piece.length;
    if (length > maxBytes) throw new BodyTooLargeError(maxBytes);
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}
