import { Button } from '@/components/ui/button';
import { CommandForm } from '@/components/ui/command-form';
import { type Day, sayDay } from '@/lib/platform/clock';
import { APPOINTABLE } from '@/lib/residents/schema';
import { type AppointmentView, type MemberView, RELATION_NAMES, ROLE_NAMES } from '@/lib/residents/types';

const GIVEN_HERE: readonly string[] = APPOINTABLE;

/** A member of a household: who, the phone, the roles, and the way to change them. */
export function MemberPart({
  member,
  householdId,
  phone,
  today,
  token,
  may,
}: {
  member: MemberView;
  householdId: string;
  /** in full, while it is shown to the one who asked */
  phone: string | null;
  today: Day;
  token: string;
  may: { keep: boolean; appoint: boolean; reveal: boolean };
}) {
  const page = `/desk/people/${householdId}`;
  return (
    <article className="member" aria-label={member.name}>
      <div className="member-head">
        <h3>
          {member.name}
          <small>{RELATION_NAMES[member.relation]}</small>
        </h3>
        <p className="soft">{member.birthYear ? `${member.birthYear} 年生` : '出生年份没有登记'}</p>
      </div>
      <div className="member-phone">
        {phone ? (
          <p>
            <a href={`tel:${phone}`}>{phone}</a>
          </p>
        ) : (
          <p>{member.phone ?? '没有手机号'}</p>
        )}
        {member.phone && !phone && may.reveal ? (
          <CommandForm
            name="reveal-phone"
            back={page}
            next={page}
            fixed={{ residentId: member.id }}
            token={token}
            label={`查看${member.name}的手机号`}
          >
            <Button kind="quiet">看号码</Button>
          </CommandForm>
        ) : null}
      </div>
      {member.appointments.map((held) => (
        <Appointment key={held.id} held={held} page={page} today={today} token={token} mayEnd={may.appoint} />
      ))}
      {may.keep ? (
        <p>
          <a className="member-edit" href={`${page}/${member.id}`}>
            修改、换手机号、任命
            <span className="said">：{member.name}</span>
          </a>
        </p>
      ) : null}
    </article>
  );
}

function Appointment({
  held,
  page,
  today,
  token,
  mayEnd,
}: {
  held: AppointmentView;
  page: string;
  today: Day;
  token: string;
  mayEnd: boolean;
}) {
  const days = `${sayDay(held.from, today)}起${held.until ? `，到${sayDay(held.until, today)}` : ''}`;
  return (
    <div className="member-role">
      <p>
        <b>{ROLE_NAMES[held.role]}</b> <span className="soft">{days}</span>
      </p>
      {mayEnd && GIVEN_HERE.includes(held.role) ? (
        <CommandForm
          name="end-appointment"
          back={page}
          next={page}
          fixed={{ appointmentId: held.id }}
          token={token}
          label={`结束${ROLE_NAMES[held.role]}任期`}
        >
          <Button kind="quiet">结束任期</Button>
        </CommandForm>
      ) : null}
    </div>
  );
}
