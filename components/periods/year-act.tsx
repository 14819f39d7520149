import { Button } from '@/components/ui/button';
import { CommandForm } from '@/components/ui/command-form';
import { Disclosure } from '@/components/ui/disclosure';
import { Facts } from '@/components/ui/figures';
import type { FormReturn } from '@/components/ui/form-return';
import { announceBy, announceFrom, sayYearEnd, yearEndDue, yearEndNews } from '@/lib/periods/rules';
import type { YearRule, YearView } from '@/lib/periods/types';
import { type Day, dayOf, sayDay } from '@/lib/platform/clock';

/** A year's end: what the rulebook says, what was announced, and the act that comes next for whoever may do it. */
export function YearAct({
  year: { year, rule, end },
  preview,
  reached,
  today,
  viewer,
  token,
  form,
}: {
  year: YearView;
  /** what it would close and carry today; null when it is done */
  preview: { households: number; closed: number; carried: number } | null;
  /** how many households there are, and how many of them get a message */
  reached: { households: number; onPhone: number };
  today: Day;
  viewer: { personId: string; mayOpen: boolean; mayClose: boolean };
  token: string;
  form: FormReturn | null;
}) {
  const page = '/desk/periods';
  const points = (value: number) => `${value.toLocaleString('zh-CN')} 分`;
  const isChanged = Boolean(
    rule && end && !end.doneAt && (rule.policy !== end.policy || rule.carryMost !== end.carryMost),
  );
  const mayAnnounce = viewer.mayOpen && rule && (!end || isChanged) && today >= announceFrom(year);
  const isDue = end && !end.doneAt && !isChanged && today >= end.dueOn;
  const isOwn = end?.announcedById === viewer.personId;
  return (
    <div className="year-act">
      <h3>{year} 年</h3>
      <Facts
        items={[
          ['细则规定', rule ? sayYearEnd(rule) : '那一年最后一天没有生效的细则'],
          [
            '公告',
            end
              ? `${sayDay(dayOf(end.announcedAt), today)} ${end.announcedBy}${isChanged ? '（细则已改，要重新公告）' : ''}`
              : '还没有公告',
          ],
          [
            '办理',
            end
              ? end.doneAt
                ? `${sayDay(dayOf(end.doneAt), today)} ${end.doneBy}`
                : `${sayDay(end.dueOn as Day, today)}起可以办`
              : null,
          ],
          [
            '结果',
            end?.doneAt
              ? `${end.households} 户的可兑积分，结清 ${points(end.pointsClosed ?? 0)}，其中结转 ${points(end.pointsCarried ?? 0)}`
              : null,
          ],
          [
            '按今天算',
            preview
              ? `${preview.households} 户手里有可兑积分 ${points(preview.closed)}，带到下一年 ${points(preview.carried)}，清零 ${points(preview.closed - preview.carried)}`
              : null,
          ],
        ]}
      />
      {mayAnnounce ? (
        <>
          <p>
            公告以后，公示栏和每户的页面都看得到；满 30 天，最早 {sayDay(yearEndDue(year, today), today)}
            可以办。
            {today <= announceBy(year)
              ? `要在年内满 30 天，最迟 ${sayDay(announceBy(year), today)}公告。`
              : ''}
          </p>
          <Disclosure
            title={isChanged ? `按现在的细则重新公告 ${year} 年末` : `公告 ${year} 年末怎么办`}
            note="先看内容，再发"
          >
            <AnnounceForm rule={rule} today={today} reached={reached} token={token} form={form} />
          </Disclosure>
        </>
      ) : null}
      {isDue && viewer.mayClose && !isOwn ? (
        <>
          <p>全村各户一次办完，每户在台账里有“结清”和“结转”两笔，荣誉分不变。办了不能撤销。</p>
          <CommandForm
            name="close-year"
            back={page}
            next={page}
            token={token}
            form={form}
            fixed={{ year }}
            label={`办理 ${year} 年末积分`}
          >
            <Button kind="primary">确认办理</Button>
          </CommandForm>
        </>
      ) : null}
      {isDue && !(viewer.mayClose && !isOwn) ? (
        <p className="soft">{isOwn ? '公告是您发的，要由另一个人办理。' : '由村务监督员办理。'}</p>
      ) : null}
      {!end && !viewer.mayOpen ? <p className="soft">由村书记公告，满 30 天后由村务监督员办理。</p> : null}
    </div>
  );
}

/** The announcement as households will get it, and the button that sends it. */
function AnnounceForm({
  rule,
  today,
  reached: { households, onPhone },
  token,
  form,
}: {
  rule: YearRule;
  today: Day;
  reached: { households: number; onPhone: number };
  token: string;
  form: FormReturn | null;
}) {
  const { title, body } = yearEndNews(rule, yearEndDue(rule.year, today), today);
  return (
    <>
      <p>
        全村 {households} 户，<b>{onPhone} 户</b>的户主会收到下面的消息
        {households > onPhone ? `；${households - onPhone} 户没有手机，看公示栏，请帮办员转告` : ''}
        。公示栏上也这样写。
      </p>
      <blockquote className="news-ahead">
        <b>{title}</b>
        <p>{body}</p>
      </blockquote>
      <CommandForm
        name="announce-year-end"
        back="/desk/periods"
        next="/desk/periods"
        token={token}
        form={form}
        fixed={{ year: rule.year }}
        label={`公告 ${rule.year} 年末积分怎么办`}
      >
        <Button kind="primary">看过了，发出公告</Button>
      </CommandForm>
    </>
  );
}
