// How figures are taken: machines are shared and noisy, so a figure is a ratio of two sides measured in one run,
// interleaved A B A B, and what is told is the median of the paired ratios.

export interface Paired {
  /** per second, or seconds: whatever the sides measure; one figure a pair */
  a: number[];
  b: number[];
  /** median of a[i] / b[i] */
  ratio: number;
  /** smallest and largest of the paired ratios */
  least: number;
  most: number;
}

/**
 * Measures both sides in turn, `pairs` times, after `warming` unmeasured turns of each: one, or more for what runs
 * through a server that has just been started, and would be compiled while it is measured. `afterFirst` runs once both
 * have run once.
 */
export async function measurePairs(
  pairs: number,
  sideA: () => Promise<number>,
  sideB: () => Promise<number>,
  warming = 1,
  afterFirst: () => Promise<unknown> = async () => undefined,
): Promise<Paired> {
  for (let n = 0; n < warming; n++) {
    await sideA();
    await sideB();
    if (n === 0) await afterFirst();
  }
  const a: number[] = [];
  const b: number[] = [];
  for (let n = 0; n < pairs; n++) {
    a.push(await sideA());
    b.push(await sideB());
  }
  const ratios = a.map((one, n) => one / (b[n] ?? Number.NaN)).sort((x, y) => x - y);
  return { a, b, ratio: median(ratios), least: ratios[0] ?? 0, most: ratios.at(-1) ?? 0 };
}

/** The middle of some figures. */
export function median(figures: number[]): number {
  const sorted = [...figures].sort((x, y) => x - y);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

/** Prints one comparison: both medians, the ratio and its spread. */
export function tell(
  what: string,
  nameA: string,
  nameB: string,
  unit: string,
  paired: Paired,
  goal: string,
): void {
  const show = (figure: number) => (figure >= 100 ? figure.toFixed(0) : figure.toFixed(2));
  console.log(
    `${what}\n  ${nameA}: ${show(median(paired.a))} ${unit}\n  ${nameB}: ${show(median(paired.b))} ${unit}\n` +
      `  ratio: ${paired.ratio.toFixed(2)} (${paired.least.toFixed(2)} to ${paired.most.toFixed(2)}, ${paired.a.length} pairs)   goal: ${goal}\n`,
  );
}
