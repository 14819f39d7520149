import { Button } from '@/components/ui/button';
import { CommandForm } from '@/components/ui/command-form';
import { Line, Lines } from '@/components/ui/lines';
import { Section } from '@/components/ui/page-head';
import { type Day, sayDay } from '@/lib/platform/clock';
import { APPOINTABLE } from '@/lib/residents/schema';
import { type OfficerView, ROLE_NAMES } from '@/lib/residents/types';

const GIVEN_HERE: readonly string[] = APPOINTABLE;

/** Who holds an office of the village, on the roster or not, and for the secretary the way to end it. */
export function OfficersPart({
  officers,
  today,
  token,
  mayEnd,
}: {
  officers: OfficerView[];
  today: Day;
  token: string;
  mayEnd: boolean;
}) {
  return (
    <Section title="村里任职的人" id="officers">
      <Lines label="村里任职的人">
        {officers.map((held) => (
          <Line
            key={held.id}
            title={held.name}
            meta={`${ROLE_NAMES[held.role]} · ${sayDay(held.from, today)}起${
              held.until ? `，到${sayDay(held.until, today)}` : ''
            }`}
            state={held.householdCode ?? '不在户册里'}
            href={held.householdId ? `/desk/people/${held.householdId}` : undefined}
          >
            {mayEnd && GIVEN_HERE.includes(held.role) ? (
              <CommandForm
                name="end-appointment"
                back="/desk/people"
                next="/desk/people"
                fixed={{ appointmentId: held.id }}
                token={token}
                label={`结束${held.name}的${ROLE_NAMES[held.role]}任期`}
              >
                <Button kind="quiet">
                  结束任期
                  <span className="said">
                    ：{held.name}，{ROLE_NAMES[held.role]}
                  </span>
                </Button>
              </CommandForm>
            ) : null}
          </Line>
        ))}
      </Lines>
      <p className="soft">村书记由上级任免，不在这里结束。</p>
    </Section>
  );
}
