import type { Metadata } from 'next';
import { Page, SkipLink } from '@/components/frame/parts';
import { Masthead, PublicFoot } from '@/components/frame/public-frame';
import { LinkButton } from '@/components/ui/button';
import { Message } from '@/components/ui/message';
import { PageHead } from '@/components/ui/page-head';
import { getActor } from '@/lib/auth/actor';

export const metadata: Metadata = { title: '申请交上去了' };

const NEXT = [
  ['镇上看申请', '一般几天。镇上会打您留的手机号，问几句，也可能来店里看看。'],
  ['通过以后登录', '用您留的手机号，收短信验证码登录，就能看到“本店”。没有通过，镇上会在电话里说明原因。'],
  ['和村里签协议', '村里拟好协议，您在手机上看，接受了才生效：一分付多少钱，每月哪天付。'],
  ['上架，开始收', '写上拿什么来兑、收几分，把店里的二维码打出来贴好，就可以收积分了。'],
] as const;

/** What comes next for a shop that has applied; the same page for everybody. */
export default async function Sent() {
  const actor = await getActor();
  return (
    <div className="frame frame-public">
      <SkipLink />
      <Masthead name="村分" note="商社联盟" href="/" signedIn />
      <Page width="text">
        <PageHead title="申请交上去了" />
        <Message tone="done" title="镇上已经收到。">
          不用再交第二次。填错了不要紧，镇上打电话来时说一声，由他们改。
        </Message>
        <h2>接下来</h2>
        <ol className="steps">
          {NEXT.map(([title, words]) => (
            <li key={title}>
              <b>{title}</b>
              <p>{words}</p>
            </li>
          ))}
        </ol>
        <div className="form-act">
          <LinkButton href="/">回到首页</LinkButton>
        </div>
      </Page>
      <PublicFoot signedIn={actor !== null} />
    </div>
  );
}
