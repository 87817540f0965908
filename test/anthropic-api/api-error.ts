import type { ErrorResponse, ErrorType } from '@anthropic-ai/sdk/resources/shared';

const TYPES: Readonly<Record<number, ErrorType>> = {
  400: 'invalid_request_error',
  401: 'authentication_error',
  402: 'billing_error',
  403: 'permission_error',
  404: 'not_found_error',
  429: 'rate_limit_error',
  504: 'timeout_error',
  529: 'overloaded_error',
};

/** An error as the API gives it. */
export class ApiError extends Error {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message);
    this.status = status;
    this.headers = headers;
  }

  body(requestId: string | null): ErrorResponse {
    const type = TYPES[this.status] ?? (this.status < 500 ? 'invalid_request_error' : 'api_error');
    return { type: 'error', error: { type, message: this.message }, request_id: requestId } as ErrorResponse;
  }
}
