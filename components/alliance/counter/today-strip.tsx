'use client';

import { useEffect, useState } from 'react';
import { Line, Lines } from '@/components/ui/lines';
import { StatusText } from '@/components/ui/status-text';
import { STATES, sayWhat } from '@/lib/alliance/counter/rules';
import type { ShopNews, ShopNewsLine } from '@/lib/alliance/counter/types';
import { NEWS_EVENT } from './shop-bell';

/** Today in one line and its latest redemptions; follows what the bell hears. */
export function TodayStrip({
  today: firstToday,
  latest: firstLatest,
}: {
  today: ShopNews['today'];
  latest: ShopNewsLine[];
}) {
  const [today, setToday] = useState(firstToday);
  const [latest, setLatest] = useState(firstLatest);
  useEffect(() => {
    const onNews = (event: Event) => {
      const news = (event as CustomEvent<ShopNews>).detail;
      setToday(news.today);
      setLatest(news.latest);
    };
    window.addEventListener(NEWS_EVENT, onNews);
    return () => window.removeEventListener(NEWS_EVENT, onNews);
  }, []);
  return (
    <section className="section" aria-labelledby="today-title">
      <h2 id="today-title">
        今天 {today.count} 笔，{today.points} 分
      </h2>
      {latest.length > 0 ? (
        <Lines label="今天最近几笔">
          {latest.map((one) => (
            <Line
              key={one.id}
              href={`/shop/redemptions/${one.id}`}
              title={sayWhat(one.title)}
              figure={one.points}
              meta={
                <>
                  {one.time}　{one.householdCode}　<span className="nowrap">尾号 {one.receipt}</span>
                </>
              }
              state={
                one.state === 'POSTED' ? undefined : (
                  <StatusText state={STATES[one.state].mark}>{STATES[one.state].name}</StatusText>
                )
              }
            />
          ))}
        </Lines>
      ) : null}
      <p className="list-end">
        <a href="/shop/today">看今天和以前的单子</a>
      </p>
    </section>
  );
}
