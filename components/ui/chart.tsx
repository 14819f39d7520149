import { Bar } from './bar';
import { classNames } from './class-names';

export interface ChartPoint {
  label: string;
  /** not negative */
  value: number;
  /** the value as it is said, when a bare number is not enough: 1,370 吨 */
  said?: string;
  /** an earlier period, drawn pale */
  past?: boolean;
}

function Caption({ title, unit }: { title: string; unit?: string }) {
  return (
    <figcaption>
      {title}
      {unit ? <small>{unit}</small> : null}
    </figcaption>
  );
}

/** Bars lying one under another, each with its words and number: reads well at any width. */
export function BarChart({ title, unit, points }: { title: string; unit?: string; points: ChartPoint[] }) {
  const max = Math.max(1, ...points.map((point) => point.value));
  return (
    <figure className="chart print-whole">
      <Caption title={title} unit={unit} />
      <ul className="chart-bars">
        {points.map((point) => (
          <li key={point.label}>
            <span>{point.label}</span>
            <Bar value={point.value} max={max} tone={point.past ? 'ink' : 'red'} />
            <b>{point.said ?? point.value}</b>
          </li>
        ))}
      </ul>
    </figure>
  );
}

/** Columns standing side by side: a few months or years. Numbers and labels are text below. */
export function ColumnChart({ title, unit, points }: { title: string; unit?: string; points: ChartPoint[] }) {
  const max = Math.max(1, ...points.map((point) => point.value));
  const step = 100 / Math.max(1, points.length);
  return (
    <figure className="chart print-whole">
      <Caption title={title} unit={unit} />
      <svg className="chart-plot" aria-hidden="true" focusable="false">
        {points.map((point, index) => {
          const height = (point.value / max) * 100;
          return (
            <rect
              key={point.label}
              className={point.past ? 'column column-past' : 'column'}
              x={`${round(step * (index + 0.28))}%`}
              width={`${round(step * 0.44)}%`}
              y={`${round(100 - height)}%`}
              height={`${round(height)}%`}
            />
          );
        })}
        <line className="axis" x1="0" x2="100%" y1="100%" y2="100%" />
      </svg>
      <Scale points={points} />
    </figure>
  );
}

/** A line over time, from zero. Numbers and labels are text below; on a phone the first and the last of many. */
export function LineChart({ title, unit, points }: { title: string; unit?: string; points: ChartPoint[] }) {
  const max = Math.max(1, ...points.map((point) => point.value));
  const step = 100 / Math.max(1, points.length);
  const at = (index: number) => step * (index + 0.5);
  const path = points.map((point, i) => `${round(at(i))},${round(100 - (point.value / max) * 100)}`);
  return (
    <figure className="chart print-whole">
      <Caption title={title} unit={unit} />
      <svg
        className="chart-plot"
        viewBox="0 0 100 100"
        preserveAspectRatio="none"
        aria-hidden="true"
        focusable="false"
      >
        <line className="grid" x1="0" x2="100" y1="50" y2="50" vectorEffect="non-scaling-stroke" />
        <line className="axis" x1="0" x2="100" y1="100" y2="100" vectorEffect="non-scaling-stroke" />
        <polyline className="stroke" points={path.join(' ')} vectorEffect="non-scaling-stroke" />
      </svg>
      <Scale points={points} />
    </figure>
  );
}

function Scale({ points }: { points: ChartPoint[] }) {
  return (
    <ol className={classNames('chart-scale', points.length > 6 && 'chart-scale-dense')}>
      {points.map((point) => (
        <li key={point.label}>
          <b>{point.said ?? point.value}</b>
          {point.label}
        </li>
      ))}
    </ol>
  );
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
