import type { CorpusConversation } from '../corpus/corpus-record.ts';
import type { CountedRequest } from '../cost/estimate.ts';
import type { ModelRequest } from '../model/model.ts';
import { requestCharacters } from '../plan/request-characters.ts';
import type { StudyQuestions } from './ask-conversation.ts';
import { stageName } from './stages.ts';

/**
 * Counts the tokens of all questions about a sample of conversations, as if each were kept.
 *
 * @param countTokens input tokens of a request, counted by who will be asked
 * @returns by name of the stage
 */
export async function countSample(
  sample: readonly CorpusConversation[],
  questions: StudyQuestions,
  countTokens: (request: ModelRequest) => Promise<number>,
): Promise<Map<string, CountedRequest[]>> {
  const asked = sample.flatMap((conversation) => {
    const first = questions.first(conversation);
    return [
      { name: first.task.name, request: first.request },
      ...questions.further(conversation).map((each) => ({ name: stageName(each), request: each.request })),
    ];
  });
  const counted = await Promise.all(
    asked.map(async ({ name, request }) => {
      const tokens = await countTokens(request);
      return { name, tokens, characters: requestCharacters(request) };
    }),
  );
  return Map.groupBy(counted, ({ name }) => name);
}
