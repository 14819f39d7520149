import { Agent, request } from 'node:http';

// Clients that wait for their answer before they ask again.

const CLIENTS = 12;

/** One request of somebody, from an address of his own. */
export interface Ask {
  path: string;
  cookie: string;
  body: unknown;
  address: string;
}

/** Keeps the clients' connections; destroyed at the end of a run. */
export const agent = new Agent({ keepAlive: true, maxSockets: CLIENTS });

/** Sends one request with a JSON body. */
export function send(base: URL, ask: Ask): Promise<{ status: number; body: string; cookies: string[] }> {
  return new Promise((done, fail) => {
    const body = JSON.stringify(ask.body);
    const sent = request(
      {
        agent,
        host: base.hostname,
        port: base.port,
        path: ask.path,
        method: 'POST',
        headers: {
          host: base.host,
          origin: base.origin,
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(body),
          cookie: ask.cookie,
          'x-forwarded-for': ask.address,
        },
      },
      (answer) => {
        const parts: Buffer[] = [];
        answer.on('data', (part: Buffer) => parts.push(part));
        answer.on('end', () =>
          done({
            status: answer.statusCode ?? 0,
            body: Buffer.concat(parts).toString(),
            cookies: answer.headers['set-cookie'] ?? [],
          }),
        );
      },
    );
    sent.on('error', fail);
    sent.end(body);
  });
}

/** Sends everything, `CLIENTS` at a time; answers how many a second. Every answer must be a success. */
export async function load(base: URL, asks: Ask[]): Promise<number> {
  let next = 0;
  const client = async () => {
    for (let n = next++; n < asks.length; n = next++) {
      const ask = asks[n];
      if (!ask) return;
      const { status, body } = await send(base, ask);
      if (status !== 200 && status !== 204) throw new Error(`${ask.path} answered ${status}: ${body}`);
    }
  };
  const start = performance.now();
  await Promise.all(Array.from({ length: CLIENTS }, client));
  return (asks.length * 1000) / (performance.now() - start);
}
