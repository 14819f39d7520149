import { Button, LinkButton } from '@/components/ui/button';
import { CommandForm } from '@/components/ui/command-form';
import { Disclosure } from '@/components/ui/disclosure';
import { TextAreaField } from '@/components/ui/field';
import type { FormReturn } from '@/components/ui/form-return';
import { Refusal } from '@/components/ui/message';
import { WITHDRAW_REASON_MOST } from '@/lib/lists/schema';
import type { ListLine } from '@/lib/lists/types';

/** Whose turn it is, and the one act that brings the list on for who looks. */
export function NextAct({
  line,
  publicityDays,
  isDrafter,
  may,
  publicHref,
  here,
  token,
  form,
}: {
  line: ListLine;
  publicityDays: number;
  /** who looks has drafted it */
  isDrafter: boolean;
  may: { draft: boolean; check: boolean };
  publicHref: string | null;
  here: string;
  token: string;
  form: FormReturn | null;
}) {
  const send = (name: string, next: string, label: string, kind: 'primary' | 'done' | 'outline') => (
    <CommandForm name={name} back={here} next={next} fixed={{ listId: line.id }} token={token} label={label}>
      <Button kind={kind}>{label}</Button>
    </CommandForm>
  );
  const refusal = form && !('reason' in form.entered) ? <Refusal refusal={form.refusal} /> : null;
  if (line.state === 'DRAFT') {
    return (
      <section className="list-next" aria-label="下一步">
        {refusal}
        {may.check && !isDrafter ? (
          <>
            <p>请对着台账和每一行的依据看一遍。审核通过，就做出图片和榜，等村书记公示。</p>
            {send('check-list', `${here}?ok=check-list`, '审核通过', 'done')}
          </>
        ) : (
          <p>下一步：请村务监督员审核。起草和审核必须是两个人。</p>
        )}
      </section>
    );
  }
  if (line.state === 'CHECKED') {
    return (
      <section className="list-next" aria-label="下一步">
        {refusal}
        {may.draft ? (
          <>
            <p>
              公示 {publicityDays} 天，今天挂出来不算。
              {line.subject === 'PLACE'
                ? ''
                : line.subject === 'RESIDENT'
                  ? '上榜的人会收到消息。'
                  : '上榜的户会收到消息。'}
            </p>
            {send('publish-list', `${here}?ok=publish-list`, '开始公示', 'primary')}
          </>
        ) : (
          <p>下一步：请村书记开始公示。</p>
        )}
      </section>
    );
  }
  return publicHref ? (
    <section className="list-next" aria-label="下一步">
      {refusal}
      <p>
        {line.state === 'PUBLICITY'
          ? '公示期满自动定榜；有异议的那一行先不公布，不耽误别的行。'
          : '已经定榜，到期自动撤下。'}
      </p>
      <LinkButton kind="outline" href={publicHref}>
        看村民看到的榜
      </LinkButton>
    </section>
  ) : null;
}

/**
 * Ending a list, with the reason that is kept. One word for each of the two: 作废 what nobody outside has seen, 撤回 what
 * was before the public.
 */
export function EndPart({
  listId,
  wasPublic,
  here,
  token,
  form,
}: {
  listId: string;
  wasPublic: boolean;
  here: string;
  token: string;
  form: FormReturn | null;
}) {
  const mine = form && 'reason' in form.entered ? form : null;
  const words = wasPublic
    ? {
        title: '撤回这张榜',
        act: '撤回',
        effect:
          '撤回以后，网页、图片和榜马上不再公布，贴出去的纸请村里揭下来。这张榜不能再公示，要换一张，重新起草。凭这张榜发的牌和代金券还算数，要收回，到“奖励”里一张一张撤销。',
        reason: '为什么撤回',
      }
    : {
        title: '作废这份草稿',
        act: '作废',
        effect: '这张榜还没有公示，作废以后谁也不会收到消息。作废了不能再办，要出榜，重新起草一张。',
        reason: '为什么作废',
      };
  return (
    <Disclosure title={words.title} open={mine !== null}>
      <CommandForm
        name="withdraw-list"
        back={here}
        next={`/desk/lists?ok=${wasPublic ? 'withdraw-list' : 'drop-list'}`}
        fixed={{ listId }}
        token={token}
        form={mine}
        label={words.title}
      >
        <p className="form-lead">{words.effect}</p>
        <TextAreaField
          name="reason"
          label={words.reason}
          hint="留在办理经过里，比如“三组两户的扣分算错了”"
          rows={2}
          maxLength={WITHDRAW_REASON_MOST}
          form={mine}
        />
        <Button kind="danger">{words.act}</Button>
      </CommandForm>
    </Disclosure>
  );
}
