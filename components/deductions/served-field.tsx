import { ChecksField } from '@/components/ui/choice-field';
import type { FormReturn } from '@/components/ui/form-return';

/** How a warning or notice reaches the household: a message alone serves nobody who can't read it. */
export function ServedField({ signsIn, form }: { signsIn: boolean; form: FormReturn | null }) {
  return (
    <ChecksField
      name="how"
      label="怎么送到"
      hint={
        signsIn
          ? '手机消息会自动发；年纪大的，最好再当面送一份'
          : '这户没有大人用手机看，要送纸质的：打印出来当面送到，或者贴在门上'
      }
      form={form}
      optional={false}
      // on paper it is for who served it to say how: nothing is said for them
      chosen={signsIn ? ['PHONE'] : []}
      options={[
        ...(signsIn ? [{ value: 'PHONE', label: '手机消息' }] : []),
        { value: 'HAND', label: '当面送到' },
        { value: 'DOOR', label: '贴在门上' },
      ]}
    />
  );
}
