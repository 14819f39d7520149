import 'server-only';
import pg from 'pg';

// pg's own Pool.query closes the connection on which a statement failed, whatever it failed of. A refusal, a deadlock
// that is tried again and a broken constraint are answers, on connections as good as before; the next one would cost a
// new server process, which has yet to read its catalogues and to compile each function it calls.

/** Connection exceptions, and what a server says to a connection that it ends (class 57P). */
const ENDED = /^(08|57P|XX)/;

const isAnswer = (error: unknown): boolean =>
  error instanceof pg.DatabaseError && !!error.code && !ENDED.test(error.code);

/** A pool whose `query` keeps its connection when the server answers with an error, and closes it on anything else. */
export function openPool(config: pg.PoolConfig): pg.Pool {
  const pool = new pg.Pool(config);
  const ask = async (...statement: [string, unknown[]]) => {
    const client = await pool.connect();
    // A connection that breaks says so in its query's answer too.
    const ignore = () => undefined;
    client.on('error', ignore);
    let broken: unknown;
    try {
      return await client.query(...statement);
    } catch (error) {
      if (!isAnswer(error)) broken = error;
      throw error;
    } finally {
      client.removeListener('error', ignore);
      client.release(broken instanceof Error ? broken : undefined);
    }
  };
  pool.query = ask as typeof pool.query;
  return pool;
}
