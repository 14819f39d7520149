import { sayWhat } from '@/lib/alliance/counter/rules';
import { Receipt } from './receipt';
import type { Known } from './settle';
import { TakingWords } from './taking-words';
import type { Taking } from './use-taking';

/** What became of taking points, with the one act that comes next. Nothing while nothing was sent. */
export function TakeResult({
  taking,
  what,
  asked,
  onNext,
  onAgain,
  onPartial,
}: {
  taking: Taking;
  what: string;
  /** points that were asked for */
  asked: number;
  /** on to the next customer */
  onNext: () => void;
  /** back to the same, with another code */
  onAgain: () => void;
  /** take what the household has */
  onPartial: () => void;
}) {
  if (taking.at === 'known') return <Done redemption={taking.redemption} onNext={onNext} />;
  if (taking.at === 'refused') {
    const { refusal } = taking;
    const short = Number(refusal.params?.short ?? 0);
    const has = refusal.code === 'NOT_ENOUGH_POINTS' && short > 0 ? asked - short : 0;
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
        <p className="receipt-what">{what}</p>
        {has > 0 ? (
          <button type="button" className="btn btn-primary btn-wide" onClick={onPartial}>
            先收他有的 {has} 分，其余付现金
          </button>
        ) : null}
        <button
          type="button"
          className={`btn btn-wide ${has > 0 ? 'btn-outline' : 'btn-primary'}`}
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

function Done({ redemption, onNext }: { redemption: Known; onNext: () => void }) {
  const isTaken = redemption.state === 'POSTED';
  const rest = redemption.askedPoints - redemption.points;
  return (
    <>
      <Receipt
        who="付给本店"
        points={redemption.points}
        what={sayWhat(redemption.title)}
        verdict={isTaken ? '收到了' : '他没有点“给”，没有扣分'}
        tone={isTaken ? 'done' : 'off'}
        receipt={isTaken ? redemption.receipt : ''}
        note={isTaken && rest > 0 ? <p>还差 {rest} 分，请另收现金。</p> : null}
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
