import type { Metadata } from 'next';
import { seatLinks } from '@/app/frame-facts';
import { Page, SkipLink } from '@/components/frame/parts';
import { Masthead, PublicFoot } from '@/components/frame/public-frame';
import { VillageList } from '@/components/regions/village-list';
import { LinkButton } from '@/components/ui/button';
import { Section } from '@/components/ui/page-head';
import { getActor } from '@/lib/auth/actor';
import { homeOf } from '@/lib/auth/seats';
import { db } from '@/lib/platform/db';
import { listVillages } from '@/lib/regions/reads';

export const metadata: Metadata = { title: { absolute: '村分 · 村里的好事，大家看得见' } };

const STEPS = [
  ['记一件好事', '扫了村道、分好了垃圾、帮了邻居，拍张照记一笔。没有手机，请帮办员代记，一样算。'],
  ['村里核实', '核分员看照片、对细则。自家和近亲的事不能自己核，没通过的一定说明原因。'],
  ['记进台账', '每一分都有出处，人人能查。写进去的改不了，记错了就另写一笔冲掉。'],
  ['上榜有名', '荣誉分排名次。可兑积分花掉了，名次也不会掉。'],
] as const;

/** What Cunfen is, in a villager's words; the villages that keep their points here; the way in. */
export default async function FrontPage() {
  const [actor, villages] = await Promise.all([getActor(), listVillages(db())]);
  const seats = actor ? seatLinks(actor, new Map(villages.map((village) => [village.id, village]))) : [];
  return (
    <div className="frame frame-public">
      <SkipLink />
      <Masthead name="村分" href="/" signedIn />
      <Page width="wide">
        <div className="front">
          <div className="front-words">
            <h1>
              村里的好事，
              <br />
              记下来，看得见
            </h1>
            <p className="front-lead">
              做了好事记积分，积分归全家。谁做的、记几分、谁核实的，一笔一笔都在台账上。
            </p>
            {actor ? (
              <LinkButton kind="primary" wide href={homeOf(actor)}>
                进入我的页面
              </LinkButton>
            ) : (
              <LinkButton kind="primary" wide href="/sign-in">
                登录
              </LinkButton>
            )}
          </div>
          <Section title="看看各村的公示栏" id="villages">
            <VillageList villages={villages} />
          </Section>
        </div>
        <Section title="积分怎么来" id="steps">
          <ol className="steps">
            {STEPS.map(([title, words]) => (
              <li key={title}>
                <b>{title}</b>
                <p>{words}</p>
              </li>
            ))}
          </ol>
        </Section>
        <Section title="开店的，来收积分" id="alliance">
          <p>村民拿积分到店里兑东西、兑服务，村里按月和店里结算。入盟不收钱，随时可以退出。</p>
          <p className="more">
            <a href="/alliance/apply">商户申请入盟</a>
          </p>
        </Section>
        <Section title="先说清楚" id="promises">
          <ul className="promises">
            <li>积分不是钱，不能买卖，不能提现，不能转给别家。</li>
            <li>参加不参加都自愿，写在纸上的和手机上记的一样算。</li>
            <li>名字默认隐去，照片只给核实的人看。本人同意了才公开，随时可以收回。</li>
            <li>积分和低保、补贴、上学、办证都没有关系。</li>
          </ul>
        </Section>
      </Page>
      <PublicFoot
        signedIn={actor !== null}
        seats={seats}
        demo={villages.some((village) => village.isDemo)}
        home={false}
      />
    </div>
  );
}
