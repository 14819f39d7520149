import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, test } from 'vitest';
import type { PaymentView, StatementPhase, StatementView } from '@/lib/alliance/settlement/types';
import type { Day } from '@/lib/platform/clock';
import { DeskSettlementSummary, ShopSettlementSummary } from '../settlement-summary';
import { StatementSheet } from './statement-sheet';

// What is said of money on paper and on first pages: that it was paid only where it was.

const at = new Date('2026-12-03T09:00+08:00');
const NONE: Record<StatementPhase, number> = {
  MADE: 0,
  DISPUTED: 0,
  AGREED: 0,
  SET_OFF: 0,
  PAID: 0,
  BACK: 0,
  CONFIRMED: 0,
};

const payment = (fen: number): PaymentView => ({
  id: '',
  fen,
  paidOn: '2026-12-03' as Day,
  channel: fen === 0 ? 'OFFSET' : 'CASH',
  reference: '',
  slipPhotoId: null,
  paidBy: '',
  paidAt: at,
  replacedWhy: '',
  notes: [],
});

function paper(fen: number, paid: number | null): string {
  const statement: StatementView = {
    villageId: '',
    villageCode: '',
    villageName: '青竹村',
    id: '00000000',
    merchantId: '',
    merchantName: '小卖部',
    month: '2026-11',
    number: 1,
    state: paid === null ? 'AGREED' : 'PAID',
    points: fen / 100,
    fen,
    cutOff: at,
    madeAt: at,
    dueOn: '2026-12-10' as Day,
    paidFen: paid,
    isMissed: false,
    hint: null,
    hintDays: 0,
    madeBy: '',
    agreedBy: '',
    agreedAt: at,
    confirmedBy: '',
    confirmedAt: null,
    lines: 1,
    disputed: 0,
    payments: paid === null ? [] : [payment(paid)],
    together: [],
  };
  return renderToStaticMarkup(<StatementSheet statement={statement} postings={[]} at={at} demo={false} />);
}

describe('on paper', () => {
  test('money handed back is no payment of the village', () => {
    const back = paper(-2000, -2000);
    expect(back).toContain('商户退钱');
    expect(back).toContain('商户一共退给村里 20.00 元');
    expect(back).not.toContain('不用退钱');
    expect(back).not.toMatch(/<dt[^>]*>付款</);
    // of what belongs to it and is above zero, too
    expect(paper(1000, -2000)).toContain('记了商户退钱，等商户确认');
  });

  test('what is owed says how it is settled', () => {
    expect(paper(-2000, null)).toContain('从下一张结算单里扣；不再收积分的，退给村里');
    expect(paper(-2000, 500)).toContain('已经扣掉');
    expect(paper(-2000, 0)).toContain('抵掉');
    expect(paper(2000, 2000)).toMatch(/<dt[^>]*>付款</);
  });
});

describe('on first pages', () => {
  const shop = (counts: Partial<Record<StatementPhase, number>>, isCharity = false) =>
    renderToStaticMarkup(
      <ShopSettlementSummary counts={{ ...NONE, ...counts }} unstated={[]} isCharity={isCharity} />,
    );

  test('a shop reads that money was paid only where it was', () => {
    expect(shop({ PAID: 1 })).toContain('村里说钱付了');
    expect(shop({ BACK: 1 })).not.toContain('村里说钱付了');
    expect(shop({ BACK: 1 })).toContain('村里记了您退钱，或者互相抵掉');
  });

  test('a charity is told to look at its statements, and nothing of money', () => {
    const said = shop({ MADE: 1 }, true);
    expect(said).toContain('有结算单等您核对');
    expect(said).not.toMatch(/元|付钱/);
  });

  test('what waits for a later statement is nobody’s turn', () => {
    const desk = (counts: Partial<Record<StatementPhase, number>>) =>
      renderToStaticMarkup(
        <DeskSettlementSummary counts={{ ...NONE, ...counts }} hints={[]} today={'2026-12-03' as Day} />,
      );
    expect(desk({ SET_OFF: 3, BACK: 1 })).toContain('没有等村里办的');
    expect(desk({ SET_OFF: 3, AGREED: 1, DISPUTED: 1 })).toContain('2 张');
  });
});
