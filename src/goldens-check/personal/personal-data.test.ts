import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findPersonalData } from './personal-data.ts';

function kindsIn(text: string, lang = 'en'): string[] {
  return findPersonalData(text, lang).map(({ kind, start, end, isReserved }) => {
    return `${kind}: ${text.slice(start, end)}${isReserved ? ' (reserved)' : ''}`;
  });
}

describe('personal data', () => {
  it.each([
    ['en', 'write to jo.park+work@mail-host.co.uk, please', 'mail address: jo.park+work@mail-host.co.uk'],
    ['en', 'mail me: jopark [at] mailhost [dot] org', 'mail address: jopark [at] mailhost [dot] org'],
    ['en', 'as in someone@example.com', 'mail address: someone@example.com (reserved)'],
    ['en', 'ring (212) 736-5000 at six', 'phone number: (212) 736-5000'],
    ['en', 'ring +44 161 715 8322 at six', 'phone number: +44 161 715 8322'],
    ['fr', 'mon numéro : 06.12.34.56.78, merci', 'phone number: 06.12.34.56.78'],
    ['ar', 'رقمي ٠٥٠١٢٣٤٥٦٧', 'phone number: ٠٥٠١٢٣٤٥٦٧'],
    ['hi', 'मेरा नंबर ९८७६५४३२१० है', 'phone number: ९८७६५४३२१०'],
    ['en', 'ring 415-555-0134 at six', 'phone number: 415-555-0134 (reserved)'],
    ['de', 'ruf mich an: 030 901820 15', 'phone number: 030 901820 15'],
    ['zh', '我的手机号是13812345678，晚上打', 'phone number: 13812345678'],
    ['en', 'card 4111 1111 1111 1111 was refused', 'payment card: 4111 1111 1111 1111'],
    ['en', 'Amex 378282246310005', 'payment card: 378282246310005'],
    ['de', 'auf DE89 3704 0044 0532 0130 00 bitte', 'bank account (IBAN): DE89 3704 0044 0532 0130 00'],
    ['en', 'it is de89 3704 0044 0532 0130 00 if you', 'bank account (IBAN): de89 3704 0044 0532 0130 00'],
    ['zh', '卡号4111111111111111吗', 'payment card: 4111111111111111'],
    ['ko', '서버는84.17.46.23입니다', 'IP address: 84.17.46.23'],
    ['zh', '卡号４１１１１１１１１１１１１１１１', 'payment card: ４１１１１１１１１１１１１１１１'],
    ['en', 'my social is 536-22-8714 ok', 'social security number (US): 536-22-8714'],
    ['en', 'as 123-45-6789 is', 'social security number (US): 123-45-6789 (reserved)'],
    ['en', 'it is jo.park at gmail dot com', 'mail address: jo.park at gmail dot com'],
    ['de', 'meine Chefin Sabine Schröder sagt', 'name with surname: Sabine Schröder'],
    ['en', 'they came from 84.17.46.23 again', 'IP address: 84.17.46.23'],
    ['en', 'from 2a02:8108:1::5f and back', 'IP address: 2a02:8108:1::5f'],
    ['en', 'I live at 742 Evergreen Terrace now', 'postal address: 742 Evergreen Terrace'],
    ['en', 'near SW1A 2AA somewhere', 'postal address: SW1A 2AA'],
    ['de', 'Ich wohne in der Lindenstraße 14 im Hof', 'postal address: Lindenstraße 14'],
    ['fr', 'au 12 rue des Lilas à Lyon', 'postal address: 12 rue des Lilas'],
    ['es', 'vivo en la calle de Alcalá 48 con ella', 'postal address: calle de Alcalá 48'],
    ['it', 'abito in via Garibaldi 7 da sola', 'postal address: via Garibaldi 7'],
    ['ja', '東京都新宿区西新宿2-8-1です', 'postal address: 東京都新宿区西新宿2-8'],
    ['zh', '他住，杭州市西湖区文三路90号', 'postal address: 杭州市西湖区文三路90号'],
    ['en', 'see instagram.com/jo.park_91 for it', 'profile: instagram.com/jo.park_91'],
    ['en', 'my boss Robert Kowalczyk said so', 'name with surname: Robert Kowalczyk'],
    ['es', 'hablé con María José Ibáñez ayer', 'name with surname: María José Ibáñez'],
  ])('is found (%s): %s', (lang, text, found) => {
    expect(kindsIn(text, lang)).toEqual([found]);
  });

  it.each([
    'call 988 or 911, or text 741741; the Samaritans are on 116 123, Lifeline on 13 11 14',
    'the hotline is 1-800-273-8255, in Germany 0800 111 0 111',
    'between 2019-2020 it rose from 1,250,000 to 2,500,000, that is $1200000000',
    'on 2024-03-15 10:30:00, ISBN 978-3-16-148410-0, order #4155550198',
    'at 37.3362725, -121.8244116 on the map',
    'version 10.4.12.3 of it, on 192.168.0.10 or 127.0.0.1, DNS 8.8.8.8',
    'git@github.com:touch/stone.git, look at amazon dot com',
    'codes AB12 3456 7890 1234 5678 and DE89 3704 0044 0532 0130, DE89370400440532013001',
    'part 536-22-87145, 12-536-22-8714 and 000-22-8714, from 01.02.2024-05.02.2024, on 12.03.24-14.03.24',
    'the number 1234 5678 9012 3456 is made up',
    '@media print { } and @Override, with @click="save"',
    'Donald Trump and Harry Potter met in Paris on Monday; Thank you Kindly',
    'Thomas said hello. David and Anna were in St. Anna Hospital',
    'I earn 52,000 a year and 3 people on 14 May say so',
  ])('is not seen in: %s', (text) => {
    expect(kindsIn(text)).toEqual([]);
  });

  it('is given as ranges that ascend and do not overlap, whatever the text', () => {
    const part = fc.oneof(
      fc.constantFrom(
        '+1 212 736 5000',
        'a@b.co',
        '4111111111111111',
        'Robert Kowalczyk',
        '12 High Street ',
        '::1',
        '@jo_park',
        '卡号４１１１１１１１１１１１１１１１𠮷',
      ),
      fc.string({ unit: 'grapheme' }),
    );
    fc.assert(
      fc.property(
        fc.array(part).map((parts) => parts.join(' ')),
        fc.constantFrom('en', 'de', 'ja', 'xx'),
        (text, lang) => {
          let last = 0;
          for (const { start, end } of findPersonalData(text, lang)) {
            expect(start).toBeGreaterThanOrEqual(last);
            expect(end).toBeGreaterThan(start);
            last = end;
          }
          expect(last).toBeLessThanOrEqual(text.length);
        },
      ),
    );
  });
});
