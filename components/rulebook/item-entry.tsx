import { StatusText } from '@/components/ui/status-text';
import {
  asksQuantity,
  isDeduction,
  quantityMost,
  sayCap,
  sayPhoto,
  sayUnit,
  signedPoints,
} from '@/lib/rulebook/rules';
import type { ItemView } from '@/lib/rulebook/types';

/** An item as the rulebook prints it: name and points, cap, evidence, and what is particular about it. */
export function ItemEntry({ item }: { item: ItemView }) {
  const steps = item.scale;
  return (
    <li className="rule" id={item.code}>
      <h3 className="rule-name">{item.name}</h3>
      <p className={isDeduction(item) ? 'rule-points rule-minus' : 'rule-points'}>
        <b>
          {steps.length > 0
            ? `${signedPoints(steps[0]?.points ?? item.points)}—${steps.at(-1)?.points}`
            : signedPoints(item.points)}
        </b>
        <small>分 / {sayUnit(item)}</small>
      </p>
      <p className="rule-cap">
        {sayCap(item)}
        {asksQuantity(item) ? `，一次最多报 ${quantityMost(item)} ${item.unitName}` : ''}
      </p>
      {steps.length > 0 ? (
        <ol className="rule-steps" aria-label="分级">
          {steps.map((step) => (
            <li key={step.id}>
              {step.name} <b>{signedPoints(step.points)}</b>
            </li>
          ))}
        </ol>
      ) : null}
      <p className="rule-proof">
        凭证：{item.evidence}
        {isDeduction(item) ? null : <span className="nowrap"> · {sayPhoto(item.photo)}</span>}
        {item.metricName ? <span> · 另记{item.metricName}</span> : null}
      </p>
      {item.warnFirst || item.restoredWhenRepaired ? (
        <p className="rule-marks">
          {item.warnFirst ? <StatusText state="wait">先提醒，不改才扣</StatusText> : null}
          {item.restoredWhenRepaired ? <StatusText state="ok">整改后返还</StatusText> : null}
        </p>
      ) : null}
    </li>
  );
}
