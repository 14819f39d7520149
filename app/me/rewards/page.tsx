import type { Metadata } from 'next';
import { OwnVoucherCard, PastVoucherLine } from '@/components/rewards/own-voucher';
import { Stars } from '@/components/rewards/stars';
import { sayWholeDay } from '@/components/rewards/words';
import { Line, Lines } from '@/components/ui/lines';
import { EmptyState } from '@/components/ui/message';
import { PageHead, Section } from '@/components/ui/page-head';
import { StatusText } from '@/components/ui/status-text';
import { requireSeat } from '@/lib/auth/actor';
import { dayOf, now, sayQuarter } from '@/lib/platform/clock';
import { db } from '@/lib/platform/db';
import { listPlaquesOfHousehold } from '@/lib/rewards/plaque/reads';
import { listStarsOfHousehold } from '@/lib/rewards/star/reads';
import { voucherAddress } from '@/lib/rewards/voucher/address';
import { listOwnVouchers } from '@/lib/rewards/voucher/reads';

export const metadata: Metadata = { title: '我家的奖励' };

/** A household's vouchers, plaques and stars. Three queries. */
export default async function OwnRewards() {
  const actor = await requireSeat('resident');
  const { villageId, householdId } = actor.resident;
  const today = dayOf(now());
  const [vouchers, plaques, stars] = await Promise.all([
    listOwnVouchers(db(), { villageId, householdId }, today),
    listPlaquesOfHousehold(db(), villageId, householdId),
    listStarsOfHousehold(db(), villageId, householdId),
  ]);
  const good = vouchers.filter((voucher) => voucher.code !== null);
  const past = vouchers.filter((voucher) => voucher.code === null);
  const isEmpty = vouchers.length + plaques.length + stars.length === 0;
  return (
    <>
      <PageHead title="我家的奖励" />
      {isEmpty ? (
        <EmptyState title="还没有奖励">
          一个季度的荣誉分够了就评星，上了红榜有“红榜之家”的牌和代金券，都会出现在这里。
        </EmptyState>
      ) : null}
      {vouchers.length > 0 ? (
        <Section title="代金券" id="vouchers">
          {good.map((voucher) => (
            <OwnVoucherCard key={voucher.id} voucher={voucher} address={voucherAddress} />
          ))}
          {past.length > 0 ? (
            <Lines label="不能再用的代金券">
              {past.map((voucher) => (
                <PastVoucherLine key={voucher.id} voucher={voucher} />
              ))}
            </Lines>
          ) : null}
        </Section>
      ) : null}
      {plaques.length > 0 ? (
        <Section title="红榜之家" id="plaques">
          <Lines label="红榜之家">
            {plaques.map((plaque) => (
              <Line
                key={plaque.id}
                title={`${sayQuarter(plaque.quarter)}“红榜之家”`}
                {...(plaque.revokedOn ? {} : { href: `/me/rewards/${plaque.id}/certificate` })}
                meta={`编号 ${plaque.number}，${sayWholeDay(plaque.awardedOn)}颁发`}
                state={plaque.revokedOn ? <StatusText state="back">撤销了</StatusText> : <span>看证书</span>}
                note={
                  plaque.revokedOn
                    ? `${sayWholeDay(plaque.revokedOn)}撤销，原因：${plaque.revokedWhy}`
                    : undefined
                }
              />
            ))}
          </Lines>
        </Section>
      ) : null}
      {stars.length > 0 ? (
        <Section title="星级" id="stars">
          <Lines label="各季度的星级">
            {stars.map((star) => (
              <Line
                key={star.id}
                title={sayQuarter(star.quarter)}
                figure={star.revokedOn ? <s>{star.honour} 分</s> : `${star.honour} 分`}
                meta={star.revokedOn ? '' : <Stars stars={star.stars} />}
                state={star.revokedOn ? <StatusText state="back">撤销了</StatusText> : undefined}
                note={
                  star.revokedOn ? `${sayWholeDay(star.revokedOn)}撤销，原因：${star.revokedWhy}` : undefined
                }
              />
            ))}
          </Lines>
        </Section>
      ) : null}
      {isEmpty ? null : (
        <p className="list-note">
          对代金券作废有不同意见，可以找村务监督员；星级、牌匾是村务监督员撤销的，可以找村书记。
        </p>
      )}
    </>
  );
}
