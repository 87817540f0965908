/** What of a conversation is compared with others: all its messages, the assistant's too, in order. */
export function conversationText({ messages }: { messages: readonly { content: string }[] }): string {
  return messages.map(({ content }) => content).join('\n\n');
}
