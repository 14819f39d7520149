import { MARKED } from './marks';
import type { Subjects } from './world';

// What nobody types but somebody sends: for the parts and queries of addresses, and for the bodies of commands.

const encode = encodeURIComponent;

/** Values of an address, as they stand in it. */
export const HOSTILE_VALUES: readonly [name: string, raw: string][] = [
  ['nothing', ''],
  ['NUL', '%00'],
  ['NUL inside', 'a%00b'],
  ['a lone surrogate', '%ED%A0%80'],
  ['no UTF-8', '%FF%FE'],
  ['half a character', '%E4%BD'],
  ['no escape', '%ZZ'],
  ['6000 characters', 'a'.repeat(6000)],
  ['a negative number', '-1'],
  ['an endless number', '1e400'],
  ['a number past a bigint', '9223372036854775808'],
  ['a fraction', '1.5'],
  ['full-width digits', encode('１２')],
  ['__proto__', '__proto__'],
  ['constructor', 'constructor'],
  ['SQL', encode(`'; drop table posting; --`)],
  ['a SQL pattern', encode('%_\\')],
  ['markup', encode('"><script>alert(1)</script>')],
  ['rare characters', encode('𠮷䶮㛃')],
  ['text turned around', encode('\u202e村分')],
  ['a header', '%0d%0aset-cookie:%20a=b'],
  ['a way out', '..%2f..%2fetc%2fpasswd'],
  ['a day that is none', '2026-02-30'],
  ['a month that is none', '2026-13'],
  ['the year 0', '0000-01'],
  ['the year 275760', '%2B275760-09-14'],
  ['a phone number', MARKED.phone],
];

/** Whole queries. */
export const HOSTILE_QUERIES: readonly [name: string, raw: string][] = [
  ['nothing at all', '?&&=&==&;'],
  ['prototypes', '?__proto__=1&__proto__[x]=1&constructor[prototype][x]=1&toString=1&hasOwnProperty'],
  ['names that are no names', '?%00=%00&%ED%A0%80=1&%F0%A0%AE%B7=%F0%A0%AE%B7&%ZZ=%ZZ'],
  ['500 names', `?${Array.from({ length: 500 }, (_, n) => `k${n}=${n}`).join('&')}`],
];

/** The ways of saying one name twice. */
export const doubled = (name: string): [name: string, raw: string][] => [
  ['said twice', `?${name}=1&${name}=2`],
  ['said twice, once as a list', `?${name}=1&${name}[]=2&${name}[a]=3`],
];

/** Ids that are well-formed, of others and of nothing. */
export function foreignIds(foreign: Subjects, nothing: Subjects): [name: string, raw: string][] {
  return [
    ['another village’s deed', foreign.deed],
    ['another village’s household', foreign.household],
    ['an id of nothing', nothing.deed],
    ['an id in capitals', foreign.deed.toUpperCase()],
  ];
}

/** JSON of a value nested `depth` deep. */
export const nested = (depth: number): string => `${'['.repeat(depth)}${']'.repeat(depth)}`;

/** Values, as JSON, that no field of any command takes. */
export const WRONG_VALUES: readonly [name: string, json: string][] = [
  ['null', 'null'],
  ['an object', '{"a":{"b":null}}'],
  ['an object with __proto__', '{"__proto__":{"toString":1}}'],
  ['a list in a list', '[["a"]]'],
  ['a list of objects', '[{"length":1}]'],
  ['5000 texts', JSON.stringify(Array.from({ length: 5000 }, (_, n) => `t${n}`))],
  ['nested 1000 deep', nested(1000)],
  ['an endless number', '1e400'],
  ['a huge number', '1e300'],
  ['a negative fraction', '-1.5'],
  ['NUL', '"\\u0000"'],
  ['NUL inside', `"${MARKED.phone}\\u0000${MARKED.name}"`],
  ['a lone surrogate', `"${MARKED.name}\\ud800"`],
  ['the wrong half of a pair', '"\\udfb7\\ud842"'],
  ['50,000 characters', JSON.stringify(MARKED.phone + '村'.repeat(50_000))],
  ['SQL as a name', `"__proto__'; drop table posting; --\\u0000"`],
];

/** Values, as JSON, that no field for an id takes, though a text may be so. */
export const WRONG_REFERENCES: readonly [name: string, json: string][] = [
  ['an id in capitals', '"0197F3A0-0000-7000-8000-AAAAAAAAAAAA"'],
  ['an id in braces', '"{01900000-0000-7000-8000-000000000001}"'],
  ['an id and more', '"01900000-0000-7000-8000-000000000001 or 1=1"'],
  ['rare characters', '"𠮷䶮㛃"'],
  ['full-width digits', '"１２"'],
];

/** Days, as JSON, that are none. */
export const WRONG_DAYS: readonly [name: string, json: string][] = [
  ['the 30th of February', '"2026-02-30"'],
  ['the year 0', '"0000-01-01"'],
  ['the year 275760', '"+275760-09-13"'],
  ['a moment', '"2026-11-24T10:00:00Z"'],
];

/** Ids, as JSON, that no command may run under. */
export const WRONG_IDS: readonly [name: string, json: string][] = [
  ['null', 'null'],
  ['a number', '7'],
  ['a list', '["01900000-0000-7000-8000-000000000001"]'],
  ['no id', '"x"'],
  ['an id in capitals', '"0197F3A0-0000-7000-8000-AAAAAAAAAAAA"'],
  ['an id with NUL', '"01900000-0000-7000-8000-00000000000\\u0000"'],
  ['an id and more', '"01900000-0000-7000-8000-000000000001 or 1=1"'],
  ['full-width digits', '"０１９０００００-0000-7000-8000-000000000001"'],
];

/** Bodies that are no request at all: text, its content type. */
export const WRONG_BODIES: readonly [name: string, body: string | Buffer, type: string][] = [
  ['empty JSON', '', 'application/json'],
  ['half of JSON', '{"id":', 'application/json'],
  ['JSON null', 'null', 'application/json'],
  ['a JSON list', '[]', 'application/json'],
  ['a JSON text', '"x"', 'application/json'],
  ['JSON with a comment', '{/**/}', 'application/json'],
  ['JSON of bytes that are no text', Buffer.from([0x7b, 0xc3, 0x28, 0x7d]), 'application/json'],
  ['JSON in UTF-16', Buffer.from('{"id":"x","input":{}}', 'utf16le'), 'application/json; charset=utf-16'],
  ['JSON of NULs', Buffer.alloc(100), 'application/json'],
  ['JSON nested 100,000 deep', nested(100_000), 'application/json'],
  ['300 kB of JSON', `{"id":"x","input":"${'a'.repeat(300_000)}"}`, 'application/json'],
  ['JSON called text', '{"id":"x","input":{}}', 'text/plain'],
  ['JSON called XML', '{"id":"x","input":{}}', 'application/xml'],
  ['JSON called nothing', '{"id":"x","input":{}}', ''],
  ['a form in parts', '--x\r\ncontent-disposition: form-data; name="a"\r\n\r\n1\r\n', 'multipart/form-data'],
  ['a form in broken parts', '--x\r\n\r\n', 'multipart/form-data; boundary=x'],
  ['a form of 3000 fields', 'a=1&'.repeat(3000), 'application/x-www-form-urlencoded'],
  ['a form of 300 kB', `a=${'a'.repeat(300_000)}`, 'application/x-www-form-urlencoded'],
  ['a form of bytes that are no text', Buffer.from([0x61, 0x3d, 0xff]), 'application/x-www-form-urlencoded'],
];
