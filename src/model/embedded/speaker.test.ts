import { expect, it } from 'vitest';
import { speakerOf } from './speaker.ts';

it('is the one who is named first, in most sentences about the field', () => {
  expect(speakerOf(["judged from the assistant's messages. The assistant answers the person."], [])).toBe(
    'assistant',
  );
  expect(
    speakerOf(['How the person sounds. The assistant does not matter. The user alone counts.'], []),
  ).toBe('user');
});

it('is found in the descriptions of the labels where nothing is said of the field', () => {
  expect(speakerOf([], ['the assistant declines what the person wants'])).toBe('assistant');
});

it('is both where the field and its labels speak of different ones', () => {
  expect(speakerOf(['why the assistant declines'], ['the person is rude'])).toBe('both');
});

it('is the user where nothing is said', () => {
  expect(speakerOf([], [])).toBe('user');
});
