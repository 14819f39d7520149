import { Button } from '@/components/ui/button';
import { CommandForm } from '@/components/ui/command-form';
import type { FormReturn } from '@/components/ui/form-return';

/** Asks once more before a deed is withdrawn. */
export function WithdrawForm({
  deedId,
  back,
  token,
  form,
}: {
  deedId: string;
  /** where a refusal is shown */
  back: string;
  token: string;
  form?: FormReturn | null;
}) {
  return (
    <CommandForm
      name="withdraw-deed"
      back={back}
      next={`/me/deeds/${deedId}`}
      token={token}
      fixed={{ deedId }}
      form={form ?? null}
    >
      <p>撤回以后，核分员不再看这一件，也不记分。照片和文字还留在您这里，随时可以再报一次。</p>
      <p className="acts">
        <Button kind="danger" wide>
          撤回这一件
        </Button>
      </p>
    </CommandForm>
  );
}
