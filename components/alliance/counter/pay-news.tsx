'use client';

import { type ReactNode, useEffect, useRef, useState } from 'react';
import { PlaceFields, useFormPlace } from '@/components/ui/form-place';
import { sayWhat } from '@/lib/alliance/counter/rules';
import type { CodeNews } from '@/lib/alliance/counter/types';
import { newDeviceId } from '@/lib/platform/device-id';
import { useSecondsLeft } from './on-phone';
import { Receipt } from './receipt';
import { askById, send } from './settle';
import { SignInAgain } from './taking-words';

/** What the plain forms need: an id for each answer, and the session's token. */
export interface PlainAnswer {
  yesId: string;
  noId: string;
  token: string;
}

const BACK = '/me/pay?look=1';

/** What a shop made of the code: asks for more than is free, or has taken. */
export function PayNews({
  news,
  plain,
  onAnswered,
  onFresh,
}: {
  news: CodeNews;
  plain: PlainAnswer;
  onAnswered: (news: CodeNews) => void;
  /** shows a new code */
  onFresh: () => void;
}) {
  if (news.state === 'ASKED')
    return <Question key={news.id} news={news} plain={plain} onAnswered={onAnswered} />;
  const isPaid = news.state === 'POSTED';
  return (
    <>
      {isPaid ? (
        <Receipt
          who={`付给${news.merchantName}`}
          points={news.points}
          what={sayWhat(news.title)}
          verdict="付好了"
          receipt={news.receipt}
          notes={[
            news.askedPoints > news.points && `还差 ${news.askedPoints - news.points} 分，请另付现金。`,
          ]}
        />
      ) : (
        <Receipt
          who={news.merchantName}
          points={news.points}
          what={sayWhat(news.title)}
          verdict={news.state === 'UNDONE' ? '店里撤销了，分退回来了' : '没有付，一分没扣'}
          tone="off"
          receipt=""
        />
      )}
      <a
        className="btn btn-outline btn-wide"
        href="/me/pay?new=1"
        onClick={(event) => {
          event.preventDefault();
          onFresh();
        }}
      >
        再出一个付款码
      </a>
      <a className="btn btn-outline btn-wide" href={`/me/redemptions/${news.id}`}>
        看这一笔
      </a>
    </>
  );
}

interface Trouble {
  sentence: string;
  next: ReactNode;
}

function Question({
  news,
  plain,
  onAnswered,
}: {
  news: CodeNews;
  plain: PlainAnswer;
  onAnswered: (news: CodeNews) => void;
}) {
  const [from] = useState(() => performance.now());
  const [first] = useState(news.secondsLeft);
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const [id] = useState(newDeviceId);
  const { _home: home = '' } = useFormPlace();
  const left = useSecondsLeft(first, from);
  const answers = useRef<HTMLDivElement>(null);
  // Both answers are to be seen at once, in large text on a small phone too.
  useEffect(() => {
    // What this answers in newer browsers is nothing to clean up with.
    answers.current?.scrollIntoView({ block: 'end' });
  }, []);

  const answer = async (yes: boolean) => {
    if (busy) return;
    setBusy(true);
    setTrouble(null);
    const sent = await send(
      '/api/commands/answer-redemption',
      yes ? id : newDeviceId(),
      {
        redemptionId: news.id,
        yes,
      },
      { home },
    );
    if (sent.kind === 'refused') setTrouble(sent.refusal);
    else if (sent.kind === 'signed-out')
      setTrouble({
        sentence: `登录过期了，“${yes ? '给' : '不给'}”没有送到。`,
        next: (
          <>
            没人点“给”，过一分钟这一笔就作废，一分不扣。请
            <SignInAgain next="/me/pay" />
            ，再让店里收一次。
          </>
        ),
      });
    else if (sent.kind === 'away')
      setTrouble({ sentence: '网络断了，还不知道成没成。', next: '正在问，请等一下。' });
    const now = await askById(news.id);
    if (now === 'shut-out' && sent.kind === 'away')
      setTrouble({
        sentence: '登录过期了，还不知道成没成。',
        next: (
          <>
            请
            <SignInAgain next={`/me/redemptions/${news.id}`} />
            ，看这一笔成了没有。
          </>
        ),
      });
    if (typeof now === 'object')
      onAnswered({
        ...news,
        state: now.state,
        points: now.points,
        receipt: now.receipt,
      });
    setBusy(false);
  };

  return (
    <div className="pay-question">
      <h2>
        {news.merchantName}要收 <b>{news.points} 分</b>，给不给？
      </h2>
      <p>{news.title || '按分数收'}</p>
      {trouble ? (
        <div className="message message-stop" role="alert">
          <div>
            <p>
              <strong>{trouble.sentence}</strong>
            </p>
            <p>{trouble.next}</p>
          </div>
        </div>
      ) : null}
      <div className="pay-answers" ref={answers}>
        {[true, false].map((yes) => (
          <form
            key={String(yes)}
            method="post"
            action="/api/commands/answer-redemption"
            onSubmit={(event) => {
              event.preventDefault();
              void answer(yes);
            }}
          >
            <input type="hidden" name="_id" value={yes ? plain.yesId : plain.noId} />
            <input type="hidden" name="_back" value={BACK} />
            <input type="hidden" name="_next" value={BACK} />
            <input type="hidden" name="_token" value={plain.token} />
            <PlaceFields />
            <input type="hidden" name="redemptionId" value={news.id} />
            <input type="hidden" name="yes" value={yes ? 'on' : 'off'} />
            <button
              type="submit"
              className={`btn btn-wide ${yes ? 'btn-done' : 'btn-danger'}`}
              aria-disabled={busy ? true : undefined}
            >
              {yes ? '给' : '不给'}
            </button>
          </form>
        ))}
      </div>
      <p className="soft">还有 {left} 秒。不点就是不给，一分不扣。</p>
    </div>
  );
}
