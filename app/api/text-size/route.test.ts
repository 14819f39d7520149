import { expect, test } from 'vitest';
import { POST } from './route';

function send(text: string, referer?: string): Promise<Response> {
  return POST(
    new Request('http://cunfen.test/api/text-size', {
      method: 'POST',
      body: `text=${text}`,
      headers: { host: 'cunfen.test', ...(referer ? { referer } : {}) },
    }),
  );
}

test('large text is remembered, standard text forgets it, and both lead back', async () => {
  const large = await send('large', 'http://cunfen.test/me/deeds?page=2');
  expect(large.status).toBe(303);
  expect(large.headers.get('location')).toBe('/me/deeds?page=2');
  expect(large.headers.get('set-cookie')).toMatch(/^text=large; Path=\/; Max-Age=31536000;/);
  const standard = await send('standard', 'http://cunfen.test/me');
  expect(standard.headers.get('set-cookie')).toMatch(/^text=; Path=\/; Max-Age=0;/);
});

test.each([
  undefined,
  'http://elsewhere.test/me',
  'http://cunfen.test//elsewhere.test',
  'javascript:alert(1)',
  'not an address',
])('a way back that is not ours leads to the front page: %s', async (referer) => {
  expect((await send('large', referer)).headers.get('location')).toBe('/');
});
