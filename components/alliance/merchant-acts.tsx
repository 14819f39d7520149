import { Button } from '@/components/ui/button';
import { CommandForm } from '@/components/ui/command-form';
import { Disclosure } from '@/components/ui/disclosure';
import { TextField } from '@/components/ui/field';
import type { FormReturn } from '@/components/ui/form-return';
import { Section } from '@/components/ui/page-head';
import {
  ADDRESS_MOST,
  HOURS_MOST,
  KIND_MOST,
  MERCHANT_NAME_MOST,
  PERSON_NAME_MOST,
} from '@/lib/alliance/merchant/schema';
import type { MerchantView } from '@/lib/alliance/merchant/types';
import { ReasonForm } from './reason-form';

interface Common {
  merchant: MerchantView;
  /** the part whose form was refused */
  edit: string;
  form: FormReturn | null;
  token: string;
}

/** What a township may do about a merchant, by its state. */
export function MerchantActs({ merchant, edit, form, token }: Common) {
  const page = `/office/alliance/${merchant.id}`;
  const fixed = { merchantId: merchant.id };
  const common = (part: string) => ({
    back: `${page}?edit=${part}`,
    next: page,
    fixed,
    token,
    form: edit === part ? form : null,
  });
  if (merchant.state === 'APPLIED') {
    return (
      <Section title="办理" id="acts">
        <CommandForm name="admit-merchant" {...common('admit')} label="准予入盟">
          <p className="act-note">
            {merchant.contactName}（{merchant.contactPhone || '没有留号码'}
            ）成为店主，今天起可以用这个号码登录。
          </p>
          <Button kind="done">准予入盟</Button>
        </CommandForm>
        <Disclosure title="不予通过" open={edit === 'reject'}>
          <ReasonForm
            command="reject-merchant"
            {...common('reject')}
            label="为什么"
            hint="请打电话告诉申请人，这里写的留在记录里。"
            act="不予通过"
          />
        </Disclosure>
      </Section>
    );
  }
  if (merchant.state === 'REJECTED' || merchant.state === 'LEFT') return null;
  return (
    <Section title="办理" id="acts">
      {merchant.state === 'ADMITTED' ? (
        <Disclosure title="暂停收积分" note="随时可以恢复" open={edit === 'suspend'}>
          <ReasonForm
            command="suspend-merchant"
            {...common('suspend')}
            label="为什么暂停"
            hint="店里的人会看到。收下的积分照样结算。"
            act="暂停"
          />
        </Disclosure>
      ) : (
        <CommandForm name="reinstate-merchant" {...common('reinstate')} label="恢复">
          <p className="act-note">恢复以后马上可以收积分，原来的协议和兑换品都还在。</p>
          <Button kind="done">恢复收积分</Button>
        </CommandForm>
      )}
      <Disclosure title="换店主" note="店主丢了手机、换了人" open={edit === 'owner'}>
        <CommandForm name="name-shop-owner" {...common('owner')} label="换店主">
          <TextField
            name="name"
            label="新店主姓名"
            maxLength={PERSON_NAME_MOST}
            autoComplete="off"
            form={common('owner').form}
          />
          <TextField
            name="phone"
            label="新店主手机号"
            type="tel"
            inputMode="tel"
            autoComplete="off"
            form={common('owner').form}
          />
          <Button kind="outline">换成这一位</Button>
        </CommandForm>
      </Disclosure>
      <Disclosure title="退出联盟" note="结清以后才能办" open={edit === 'leave'}>
        <ReasonForm
          command="leave-merchant"
          {...common('leave')}
          label="为什么退出"
          hint="退出以后不能恢复，和各村的协议同时结束，店员同时停用，店主还能看结算单。还有没结清的就办不了。"
          act="办理退出"
        />
      </Disclosure>
    </Section>
  );
}

/** The facts of a shop, to correct. */
export function MerchantFactsForm({ merchant, edit, form, token }: Common) {
  const page = `/office/alliance/${merchant.id}`;
  const own = edit === 'facts' ? form : null;
  return (
    <Disclosure title="改资料" open={edit === 'facts'}>
      <CommandForm
        name="change-merchant"
        back={`${page}?edit=facts`}
        next={page}
        fixed={{ merchantId: merchant.id }}
        form={own}
        token={token}
        label="改资料"
      >
        <TextField
          name="name"
          label="店名"
          defaultValue={merchant.name}
          maxLength={MERCHANT_NAME_MOST}
          form={own}
        />
        <TextField name="kind" label="行当" defaultValue={merchant.kind} maxLength={KIND_MOST} form={own} />
        <TextField
          name="address"
          label="地址"
          defaultValue={merchant.address}
          maxLength={ADDRESS_MOST}
          form={own}
        />
        <TextField
          name="openingHours"
          label="营业时间"
          defaultValue={merchant.openingHours}
          maxLength={HOURS_MOST}
          form={own}
          optional
        />
        {merchant.state === 'APPLIED' ? (
          <TextField
            name="contactPhone"
            label="换手机号"
            hint="申请时填错了才填。"
            type="tel"
            inputMode="tel"
            autoComplete="off"
            form={own}
            optional
          />
        ) : null}
        <Button kind="outline">保存</Button>
      </CommandForm>
    </Disclosure>
  );
}
