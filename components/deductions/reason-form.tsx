import { Button, type ButtonKind } from '@/components/ui/button';
import { CommandForm } from '@/components/ui/command-form';
import { TextAreaField } from '@/components/ui/field';
import type { FormReturn } from '@/components/ui/form-return';

/** An act that needs its reason in words and nothing else. */
export function ReasonForm({
  command,
  here,
  next,
  token,
  fixed,
  label,
  hint,
  act,
  kind = 'danger',
  form,
}: {
  command: string;
  here: string;
  next: string;
  token: string;
  fixed: Record<string, string>;
  label: string;
  hint?: string;
  act: string;
  kind?: ButtonKind;
  form: FormReturn | null;
}) {
  return (
    <CommandForm name={command} back={here} next={next} token={token} fixed={fixed} form={form} label={act}>
      <TextAreaField name="reason" label={label} hint={hint} rows={2} maxLength={200} form={form} />
      <Button kind={kind} wide>
        {act}
      </Button>
    </CommandForm>
  );
}
