/** The process answers: no more is promised, nothing is asked. For load balancers, and the yardstick of the benchmark. */
export function GET() {
  return new Response(null, { status: 204, headers: { 'cache-control': 'no-store' } });
}

/** The same for a POST, whose body is not read. */
export function POST() {
  return new Response(null, { status: 204, headers: { 'cache-control': 'no-store' } });
}
