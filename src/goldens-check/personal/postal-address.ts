import { matchesOf, type PersonalMatch } from './personal-match.ts';

/** Street and number, or postcode and town, as each language writes them. */
const FORMS: Readonly<Record<string, readonly RegExp[]>> = {
  en: [
    /(?<![\p{L}\p{N}$.,])\d{1,5}[A-Za-z]?,? (?:[NSEW]\.? )?(?:\p{Lu}[\p{L}'’.-]+ ){1,3}(?:Street|St|Avenue|Ave|Road|Rd|Lane|Ln|Drive|Dr|Boulevard|Blvd|Court|Ct|Terrace|Crescent|Cres|Close|Highway|Hwy|Parkway|Pkwy|Parade|Place|Pl|Square|Way)(?![\p{L}\p{N}'’])/gu,
    // Town, state and ZIP code.
    /(?<!\p{L})\p{Lu}\p{L}+,? (?:A[KLRZ]|C[AOT]|DC|DE|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[AT]|W[AIVY]),? \d{5}(?:-\d{4})?(?!\d)/gu,
    // The United Kingdom's postcode.
    /(?<![\p{L}\p{N}])[A-PR-UWYZ][A-HK-Y]?\d[A-HJKPSTUW\d]? \d[ABD-HJLNP-UW-Z]{2}(?![\p{L}\p{N}])/gu,
  ],
  de: [
    /(?<![\p{L}-])\p{Lu}[\p{L}-]{0,40}(?:straße|strasse|str\.|gasse|allee|platz|weg|ring|ufer|damm|chaussee) \d{1,4} ?[a-z]?(?![\p{L}\p{N}])/gu,
    /(?<![\p{L}-])\p{Lu}[\p{L}-]{1,40} (?:\p{Lu}[\p{L}-]{1,40} )?(?:Straße|Strasse|Str\.|Allee|Platz|Weg|Ring) \d{1,4} ?[a-z]?(?![\p{L}\p{N}])/gu,
  ],
  fr: [
    /(?<![\p{L}\p{N}])\d{1,4}(?: ?(?:bis|ter))?,? (?:rue|avenue|av\.|boulevard|bd|place|chemin|impasse|allée|quai|cours|route) (?:(?:de la|de l['’]|des|du|de|d['’]|la|le|les) ?)?\p{Lu}[\p{L}'’-]+/gu,
  ],
  es: [
    /(?<!\p{L})(?:[Cc]alle|[Cc]\/|[Aa]venida|[Aa]vda\.?|[Pp]aseo|[Pp]laza|[Cc]amino|[Cc]arrera)(?: (?:(?:de|la|los|las|del) ){0,2}\p{Lu}[\p{L}'’-]+){1,4},? ?(?:(?:n[.ºo°]*|#|número) ?)?\d{1,4}(?!\p{N})/gu,
  ],
  it: [
    /(?<!\p{L})(?:[Vv]ia|[Vv]iale|[Pp]iazza|[Cc]orso|[Vv]icolo|[Ll]argo)(?: (?:(?:dei|della|delle|del|degli|di) )?\p{Lu}[\p{L}'’.-]+){1,4},? (?:n\. ?)?\d{1,4}(?!\p{N})/gu,
  ],
  pt: [
    /(?<!\p{L})(?:[Rr]ua|[Aa]venida|Av\.|[Tt]ravessa|[Pp]raça|[Aa]lameda|[Ee]strada)(?: (?:(?:dos|das|da|do|de) )?\p{Lu}[\p{L}'’.-]+){1,4},? (?:n[.ºo°]* ?)?\d{1,5}(?!\p{N})/gu,
  ],
  pl: [
    /(?<!\p{L})(?:ul\.|ulica|ulicy|al\.|aleja|os\.|pl\.)(?: \p{Lu}[\p{L}-]+){1,3} \d{1,4}(?:\/\d{1,4})?(?!\p{N})/gu,
  ],
  ru: [
    /(?<!\p{L})(?:ул\.|улиц[аеы]|проспект|пр-т|пр\.|переулок|пер\.|шоссе|бульвар)(?: \p{Lu}[\p{L}-]+){1,3},? (?:(?:д\.|дом) ?)?\d{1,4}(?!\p{N})/gu,
  ],
  tr: [
    /(?<!\p{L})(?:\p{Lu}\p{L}+ ){1,3}(?:Caddesi|Cad\.|Cd\.|Sokak|Sokağı|Sok\.|Bulvarı|Mahallesi|Mah\.)[^.\n]{0,40}?No ?[:.]? ?\d{1,4}/gu,
  ],
  vi: [/(?<!\p{L})(?:[Ss]ố )?\d{1,4}(?:\/\d{1,4})? (?:đường|phố|ngõ|hẻm)(?: \p{Lu}\p{L}+){1,4}/gu],
  ja: [
    /[\p{sc=Han}]{2,3}[都道府県][\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}ー]{1,12}[市区町村][^\s、。]{0,16}?\p{N}{1,3}(?:丁目|番|[-ー−－‐]\p{N})/gu,
    /〒 ?\p{N}{3}[-ー−－‐]\p{N}{4}/gu,
  ],
  zh: [
    /[\p{sc=Han}]{1,8}[区市县區縣镇鎮][\p{sc=Han}]{1,10}[路街道巷弄段]\p{N}{1,5}(?:弄\p{N}{1,4})?[号號]/gu,
    /[\p{sc=Han}]{2,6}[路街巷]\p{N}{1,5}[号號](?:\p{N}{1,4}[栋幢楼室]|院)/gu,
  ],
  ko: [
    /[\p{sc=Hangul}]{1,6}(?:시|도|구|군|동) (?:[\p{sc=Hangul}]{1,8}(?:구|군|동|읍|면) )?[\p{sc=Hangul}\p{N}]{1,10}(?:로|길) ?\p{N}{1,4}(?:번길 ?\p{N}{1,4})?/gu,
  ],
  ar: [/شارع [\p{sc=Arabic} ]{2,40}[،,]? ?(?:رقم|عمارة|مبنى|بناية)? ?\p{N}{1,4}/gu],
  nl: [/(?<![\p{L}-])\p{Lu}\p{L}{0,40}(?:straat|laan|weg|plein|gracht|kade) \d{1,4} ?[a-zA-Z]?(?!\p{L})/gu],
};
const ENGLISH = FORMS.en ?? [];

/**
 * Postal addresses: street with number, or postcode with town, in the forms of the conversation's language and of
 * English. A street without a number, a town alone and the forms of other languages are not found.
 *
 * @param lang a language tag
 */
export function findPostalAddresses(text: string, lang: string): PersonalMatch[] {
  if (!/\p{Nd}/u.test(text)) return [];
  const [language = ''] = lang.split('-');
  const forms = language === 'en' ? ENGLISH : [...(FORMS[language] ?? []), ...ENGLISH];
  return forms.flatMap((form) => matchesOf(text, 'postal address', form));
}
