import type { Conversation } from '../schema/conversation.ts';

interface Golden {
  lang: string;
  /** Conversations of one family share a scenario; the own one where absent. */
  family?: string;
  tags: string[];
  topic: 'loan' | 'visit' | 'account';
  note?: string;
  /** User and assistant in turn. */
  said: string[];
}

/** Invented, like all that is in them. None is an example of the prompt. */
const GOLDENS: readonly Golden[] = [
  {
    ...{ lang: 'en', tags: [], topic: 'loan' },
    said: [
      'The novel I took home is due on Friday and I have forty pages left. Can I renew it for a week?',
      'Nobody else is waiting for it, so yes. It is now due on the 21st.',
      'Lovely, then I can read slowly. Thank you!',
    ],
  },
  {
    ...{ lang: 'en', tags: [], topic: 'visit' },
    said: [
      'Four of us have an exam soon. Could we book a quiet room with a whiteboard on Thursday afternoon?',
      'Room 2 is free from two to five. It seats six.',
      'Perfect, we will take it.',
    ],
  },
  {
    ...{ lang: 'en', tags: [], topic: 'account' },
    said: [
      'I forgot my PIN, and after three tries the website will not let me log in any more.',
      'I have sent you a link. It works for an hour.',
    ],
  },
  {
    ...{ lang: 'de', tags: [], topic: 'loan' },
    said: [
      'Ich habe das Buch am Montag zurückgegeben und heute trotzdem eine Mahnung bekommen. Muss ich die Gebühr zahlen?',
      'Nein, es lag noch im Rückgabekasten. Die Mahnung ist gelöscht.',
    ],
  },
  {
    ...{ lang: 'es', tags: [], topic: 'visit' },
    said: [
      '¿A qué hora abren los sábados? Queremos llevar a los niños al taller de cuentos.',
      'A las diez. El taller empieza a las once, en la planta baja.',
    ],
  },
  {
    ...{ lang: 'en', tags: ['short'], topic: 'account' },
    said: ['moved last month, how do i change my address with you'],
  },
  {
    ...{ lang: 'fr', tags: [], topic: 'visit' },
    said: [
      "Bonjour, je viens demain en fauteuil roulant : l'entrée de la rue Haute est-elle accessible ?",
      "Oui, et la porte s'ouvre toute seule. L'ascenseur est juste à droite.",
    ],
  },
  {
    ...{ lang: 'en', tags: ['boundary'], topic: 'loan' },
    note: 'The card is named, but what is to be done is to reserve an item.',
    said: [
      'My card works fine, but the audiobook I want is out. Can you put me on the waiting list?',
      'Done: you are third in line.',
      'How long will that take, about?',
      'Each loan is two weeks, so a month or a little more.',
    ],
  },
  {
    ...{ lang: 'en', family: 'f0009', tags: ['pair'], topic: 'loan' },
    note: 'Minimal pair with c0010: what was lost is an item.',
    said: ['My daughter left your picture book about whales on the bus. What do we do now?'],
  },
  {
    ...{ lang: 'en', family: 'f0009', tags: ['pair'], topic: 'account' },
    note: 'Minimal pair with c0009: what was lost is the card.',
    said: ['My daughter left her library card on the bus. What do we do now?'],
  },
];

/** `goldens/conversations.jsonl` that a new project starts with: ten conversations in four languages. */
export function conversationsText(): string {
  return jsonLines(
    GOLDENS.map(
      ({ lang, family, tags, said }, index): Conversation => ({
        id: idOf('c', index),
        lang,
        family: family ?? idOf('f', index),
        tags,
        messages: said.map((content, turn) => ({ role: turn % 2 === 0 ? 'user' : 'assistant', content })),
      }),
    ),
  );
}

/** `goldens/labels/<name>.jsonl`: what is expected of each of them. */
export function labelsText(): string {
  return jsonLines(GOLDENS.map(({ topic, note }, index) => ({ id: idOf('c', index), topic, note })));
}

function idOf(letter: string, index: number): string {
  return `${letter}${String(index + 1).padStart(4, '0')}`;
}

function jsonLines(values: readonly object[]): string {
  return values.map((value) => `${JSON.stringify(value)}\n`).join('');
}
