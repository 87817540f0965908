import { answerEmbedded } from './embedded/embedded.ts';
import { type Model, NO_USAGE } from './model.ts';

/** Raised with every change that may move an answer; a test holds the answers of each revision. */
export const EMBEDDED_REVISION = 4;

/** The offline model: reads the rendered request as any model would, and matches words. Free, and a floor. */
export function embeddedModel(): Model {
  return {
    id: 'embedded',
    revision: String(EMBEDDED_REVISION),
    ask: async (request) => ({ kind: 'text', text: answerEmbedded(request), usage: NO_USAGE }),
  };
}
