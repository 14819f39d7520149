import type { ReactNode } from 'react';
import { CommandForm } from '@/components/ui/command-form';
import type { Actor } from '@/lib/auth/types';
import { formToken } from '@/lib/platform/origin';

/**
 * For somebody who lives in this village too, but is at home in another now: the button that takes him home here, back to
 * `page`. Nothing for everybody else.
 */
export function GoHome({
  actor,
  villageId,
  page,
  now,
  children,
}: {
  actor: Actor | null;
  villageId: string;
  page: string;
  now: Date;
  /** what the button says: 换到某村的家，做什么 */
  children: ReactNode;
}) {
  const isElsewhere =
    actor?.resident?.villageId !== villageId && actor?.residents.some((home) => home.villageId === villageId);
  if (!actor || !isElsewhere) return null;
  return (
    <div className="more no-print">
      <CommandForm
        name="choose-home"
        back={page}
        next={page}
        fixed={{ villageId }}
        token={formToken(actor.sessionId, now)}
        label="换到这个村的家"
      >
        <button type="submit" className="btn btn-outline">
          {children}
        </button>
      </CommandForm>
    </div>
  );
}
