import { Button, type ButtonKind } from '@/components/ui/button';
import { CommandForm } from '@/components/ui/command-form';
import { TextField } from '@/components/ui/field';
import type { FormReturn } from '@/components/ui/form-return';

/** One act that needs a reason: rejecting, suspending, ending. */
export function ReasonForm({
  command,
  fixed,
  back,
  next,
  label,
  hint,
  act,
  of,
  kind = 'danger',
  form,
  token,
}: {
  command: string;
  fixed: Record<string, string>;
  back: string;
  next: string;
  label: string;
  hint: string;
  /** on the button */
  act: string;
  /** what it is done to, where a page has several */
  of?: string;
  kind?: ButtonKind;
  form: FormReturn | null;
  token: string;
}) {
  return (
    <CommandForm
      name={command}
      back={back}
      next={next}
      fixed={fixed}
      form={form}
      token={token}
      label={of ? `${act}：${of}` : act}
    >
      <TextField name="reason" label={label} hint={hint} maxLength={100} autoComplete="off" form={form} />
      <Button kind={kind}>{act}</Button>
    </CommandForm>
  );
}
