import { expect, test } from '@playwright/test';

// Every answer carries the safe headers: those that proxy.ts sets, and the ones of the address that it leaves out.

const SAFE = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'x-frame-options': 'DENY',
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy': 'camera=(self), geolocation=(), microphone=(), payment=()',
};

test('pages, commands and the counter answer with the safe headers', async ({ request }) => {
  const asked = { data: { id: 'no id', input: {} } };
  const answers = {
    page: await request.get('/v/qingzhu'),
    command: await request.post('/api/commands/take-points', asked),
    counter: await request.post('/api/take-points', asked),
    refusedCounter: await request.post('/api/take-points', { data: 'no json' }),
  };
  const policies: Record<string, string> = {};
  for (const [name, answer] of Object.entries(answers)) {
    const headers = answer.headers();
    expect(headers, name).toMatchObject(SAFE);
    policies[name] = headers['content-security-policy'] ?? '';
    // one policy, not two: browsers obey both, but a second one means that somebody sets what another one sets
    expect(
      answer.headersArray().filter((h) => h.name.toLowerCase() === 'content-security-policy'),
    ).toHaveLength(1);
  }
  expect(policies.page).toContain("script-src 'self' 'nonce-");
  expect(policies.command).toMatch(/^default-src 'none'/);
  expect(policies.counter).toBe(policies.command);
  expect(policies.refusedCounter).toBe(policies.command);
});
