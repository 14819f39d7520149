import { afterEach, describe, expect, it, vi } from 'vitest';
import { networkOf } from './address';

afterEach(() => {
  vi.unstubAllEnvs();
  vi.resetModules();
});

async function addressWith(trust: string, headers: Record<string, string>): Promise<string> {
  vi.stubEnv('TRUST_PROXY', trust);
  vi.stubEnv('DATABASE_URL', 'postgresql://nowhere/x');
  vi.stubEnv('AUTH_SECRET', 'x'.repeat(32));
  vi.resetModules();
  const { addressOf } = await import('./address');
  return addressOf(new Headers(headers));
}

describe('the network of an address', () => {
  it.each([
    ['10.1.2.3', '10.1.2.3'],
    ['::ffff:10.1.2.3', '10.1.2.3'],
    ['10.1.2.3:5566', '10.1.2.3'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:0DB8::1', '2001:db8:0:0::/64'],
    ['[2001:db8::1]:443', '2001:db8:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['', ''],
    ['unknown', ''],
    ['<script>', ''],
  ])('%s is %s', (address, network) => {
    expect(networkOf(address)).toBe(network);
  });
});

describe('where a request came from', () => {
  const headers = { 'x-cunfen-address': '10.0.0.9', 'x-forwarded-for': '6.6.6.6, 203.0.113.7' };

  it('is the socket, whatever X-Forwarded-For says', async () => {
    expect(await addressWith('false', headers)).toBe('10.0.0.9');
  });

  it('behind our proxy is what the proxy wrote last', async () => {
    expect(await addressWith('true', headers)).toBe('203.0.113.7');
    expect(await addressWith('true', { 'x-cunfen-address': '10.0.0.9' })).toBe('10.0.0.9');
  });
});
