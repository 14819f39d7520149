import { sayPoints } from '@/lib/alliance/counter/rules';
import type { CounterOffer } from '@/lib/alliance/counter/types';

/** The value of `offerId` for an amount. */
export const AMOUNT = '';

/** What points are taken for: a picture and a word each, to be hit with a thumb. Plain radio buttons underneath. */
export function OfferPicker({
  offers,
  chosen,
  onChoose,
}: {
  offers: CounterOffer[];
  /** an offer's id, `AMOUNT`, or null for nothing yet */
  chosen: string | null;
  onChoose: (offerId: string) => void;
}) {
  const tile = (id: string, title: string, figure: string, photoId: string | null) => (
    <label className="offer-tile" key={id}>
      <input
        type="radio"
        name="offerId"
        value={id}
        checked={chosen === id}
        onChange={() => onChoose(id)}
        // Chosen already means: go on with it.
        onClick={() => chosen === id && onChoose(id)}
      />
      {photoId ? (
        <img src={`/api/shop-photos/${photoId}?size=small`} alt="" loading="lazy" decoding="async" />
      ) : null}
      <span className="offer-title">{title}</span>
      <b>{figure}</b>
    </label>
  );
  return (
    <fieldset className="field">
      <legend className="field-label">收什么</legend>
      <div className="offer-tiles">
        {offers.map((one) => tile(one.id, one.title, sayPoints(one.points, one.pointsMost), one.photoId))}
        {tile(AMOUNT, '按分数收', '几分都行', null)}
      </div>
      {/* For the plain form: it can't know which of them will be picked. */}
      {offers.map((one) => (
        <input type="hidden" name="shown[]" value={`${one.id} ${one.points}`} key={one.id} />
      ))}
    </fieldset>
  );
}
