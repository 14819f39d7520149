import { gzipSync } from 'node:zlib';
import { expect, test } from '@playwright/test';
import { openWorld, type World } from './world';

// What a page weighs on the wire when nothing is cached, gzipped: a villager pays for each kilobyte. The framework's
// own first load is 134.9 kB; what is on top is ours.

const FLOOR_KB = 134.9;
let world: World;
test.beforeAll(async ({ baseURL }) => {
  world = await openWorld(baseURL ?? '');
});
test.afterAll(() => world.close());

const PAGES = [
  { who: 'nobody', path: '/', over: 15 },
  { who: 'nobody', path: '/v/qingzhu', over: 15 },
  { who: 'nobody', path: '/v/qingzhu/ranking', over: 15 },
  { who: 'nobody', path: '/v/qingzhu/ledger', over: 15 },
  { who: 'nobody', path: '/v/qingzhu/rulebook', over: 15 },
  { who: 'resident', path: '/me', over: 15, total: 190 },
  { who: 'resident', path: '/me/log', over: 15 },
  { who: 'resident', path: '/me/log/CIVIC-03', over: 15 },
  { who: 'resident', path: '/me/pay', over: 15 },
  { who: 'resident', path: '/me/redemptions', over: 15 },
  { who: 'merchant', path: '/shop/take', over: 15 },
  { who: 'merchant', path: '/shop/voucher', over: 15 },
  { who: 'verifier', path: '/desk/deeds', over: 40 },
  { who: 'secretary', path: '/desk/people', over: 40 },
] as const;

for (const { who, path, over, ...rest } of PAGES) {
  test(`${path} loads at most ${over} kB of script over the framework’s`, async () => {
    const get = async (address: string) => {
      const answer = await world.of[who].get(address);
      expect(answer.status(), address).toBe(200);
      return gzipSync(await answer.body()).length / 1000;
    };
    const html = await (await world.of[who].get(path)).text();
    const scripts = [...html.matchAll(/<script[^>]+src="([^"]+\.js[^"]*)"[^>]*/g)]
      .filter((match) => !/nomodule/i.test(match[0]))
      .map((match) => match[1] ?? '');
    const styles = [...html.matchAll(/href="([^"]+\.css[^"]*)"/g)].map((match) => match[1] ?? '');
    expect(scripts.length).toBeGreaterThan(2);
    expect(styles.length).toBeGreaterThan(0);
    let script = 0;
    for (const address of new Set(scripts)) script += await get(address);
    expect(script - FLOOR_KB).toBeLessThanOrEqual(over);
    if ('total' in rest) {
      let all = script + gzipSync(html).length / 1000;
      for (const address of new Set(styles)) all += await get(address);
      expect(all).toBeLessThanOrEqual(rest.total);
    }
  });
}
