import { STATES, sayWhat } from '@/lib/alliance/counter/rules';
import { Receipt } from './receipt';
import type { Known } from './settle';
import { TakingWords } from './taking-words';
import type { Taking } from './use-taking';

/** What became of taking points, with the one act that comes next. Nothing while nothing was sent. */
export function TakeResult({
  taking,
  merchantName,
  onNext,
  onAgain,
  onWith,
}: {
  taking: Taking;
  merchantName: string;
  /** on to the next customer */
  onNext: () => void;
  /** back to the same, with another code */
  onAgain: () => void;
  /** the same by the same code, with this changed: as much as the household has, or what the offer costs now */
  onWith: (change: { partial: true } | { seen: number }) => void;
}) {
  if (taking.at === 'known')
    return <Done redemption={taking.redemption} merchantName={merchantName} onNext={onNext} />;
  if (taking.at === 'refused') {
    const { refusal, sent } = taking;
    const offer = offerOf(taking);
    return (
      <>
        <div className="message message-stop taking-band">
          <div>
            <p>
              <strong>{refusal.sentence}</strong>
            </p>
            <p>{refusal.next}</p>
          </div>
        </div>
        <p className="receipt-what">{sent.about}</p>
        {offer ? (
          <button type="button" className="btn btn-primary btn-wide" onClick={() => onWith(offer.change)}>
            {offer.label}
          </button>
        ) : null}
        <button
          type="button"
          className={`btn btn-wide ${offer ? 'btn-outline' : 'btn-primary'}`}
          onClick={onAgain}
        >
          重新收
        </button>
        <button type="button" className="btn btn-outline btn-wide" onClick={onNext}>
          不收了
        </button>
      </>
    );
  }
  return (
    <>
      <TakingWords taking={taking} verb="收" onLeave={onNext} />
      {taking.at === 'never' ? (
        <button type="button" className="btn btn-primary btn-wide" onClick={onAgain}>
          重新收
        </button>
      ) : null}
    </>
  );
}

/** What may be taken instead, by the same code: part of an amount, never of an offer; an offer for what it costs now. */
function offerOf({ refusal, sent: { input } }: Extract<Taking, { at: 'refused' }>) {
  const said = (name: string) => Number(refusal.params?.[name] ?? 0);
  if (refusal.code === 'NOT_ENOUGH_POINTS' && input.offerId === undefined && said('short') > 0) {
    const has = Number(input.points ?? 0) - said('short');
    if (has > 0) return { label: `先收他有的 ${has} 分，其余付现金`, change: { partial: true } } as const;
  }
  if (refusal.code === 'OFFER_PRICE_CHANGED' && said('points') > 0)
    return { label: `按 ${said('points')} 分收`, change: { seen: said('points') } };
  return null;
}

function Done({
  redemption,
  merchantName,
  onNext,
}: {
  redemption: Known;
  merchantName: string;
  onNext: () => void;
}) {
  const state = STATES[redemption.state];
  const isTaken = redemption.state === 'POSTED';
  const rest = redemption.askedPoints - redemption.points;
  return (
    <>
      <Receipt
        who={isTaken ? `付给${merchantName}` : merchantName}
        points={redemption.points}
        what={sayWhat(redemption.title)}
        verdict={redemption.state === 'LAPSED' ? '他没有点“给”，没有扣分' : state.name}
        tone={isTaken ? 'done' : 'off'}
        receipt={isTaken ? redemption.receipt : ''}
        notes={[
          isTaken && rest > 0 && `还差 ${rest} 分，请另收现金。`,
          redemption.when && `这是 ${redemption.when} 的一笔。`,
        ]}
      />
      <button type="button" className="btn btn-primary btn-wide" onClick={onNext}>
        再收一笔
      </button>
      {isTaken ? (
        <a className="btn btn-outline btn-wide" href={`/shop/redemptions/${redemption.id}`}>
          收错了，撤销这笔
        </a>
      ) : null}
    </>
  );
}
