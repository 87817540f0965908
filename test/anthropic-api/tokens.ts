import type { CountBody } from './request-schema.ts';

/** An approximation: a token is three and a half bytes of UTF-8, and every message has four of its own. */
export function countText(text: string): number {
  return Math.ceil(Buffer.byteLength(text) / 3.5);
}

export function systemText({ system }: Pick<CountBody, 'system'>): string {
  if (system === undefined) return '';
  return typeof system === 'string' ? system : system.map(({ text }) => text).join('\n');
}

export function contentText(content: CountBody['messages'][number]['content']): string {
  if (typeof content === 'string') return content;
  return content.map((block) => (block.type === 'text' ? block.text : '')).join('');
}

/** Tokens of a whole prompt: system, messages and the schema to answer in. */
export function countPrompt(body: Omit<CountBody, 'model'>): number {
  const format = body.output_config?.format;
  return (
    countText(systemText(body)) +
    body.messages.reduce((total, { content }) => total + 4 + countText(contentText(content)), 0) +
    (format == null ? 0 : countText(JSON.stringify(format.schema)))
  );
}
