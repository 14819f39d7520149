import { parseArgs } from 'node:util';

// npm run bench                    (a) and (b)
// npm run bench -- --only a        one of a, b, c, d, e, or several
// npm run bench -- --only c        twenty million postings: half an hour and 15 GB of disk
// npm run bench -- --only c --scale 0.02
// npm run bench -- --only d        a published list against a static file of the same bytes
// npm run bench -- --only e        a redemption at a counter

const { values } = parseArgs({
  options: { only: { type: 'string' }, scale: { type: 'string', default: '1' } },
});
const wanted = values.only ? values.only.split(',') : ['a', 'b'];

if (wanted.includes('a')) await (await import('./post')).benchPost();
if (wanted.includes('b')) await (await import('./http')).benchHttp();
if (wanted.includes('c')) await (await import('./reads')).benchReads(Number(values.scale));
if (wanted.includes('d')) await (await import('./document')).benchDocument();
if (wanted.includes('e')) await (await import('./counter')).benchCounter();
