import { Button } from '@/components/ui/button';
import { CommandForm } from '@/components/ui/command-form';
import { Line, Lines } from '@/components/ui/lines';

/** Where a person is signed in, each with its way out; and the way out of all. */
export function DeviceList({
  sessions,
  back,
  token,
}: {
  sessions: { id: string; device: string; since: string; isThisOne: boolean }[];
  /** the address of the page */
  back: string;
  token: string;
}) {
  return (
    <>
      <Lines label="登录的设备">
        {sessions.map((session, index) => (
          <Line
            key={session.id}
            title={session.device || '未知设备'}
            meta={`${session.since}登录`}
            state={session.isThisOne ? '就是这台' : undefined}
          >
            {session.isThisOne ? null : (
              <CommandForm
                name="end-session"
                back={back}
                next={back}
                fixed={{ sessionId: session.id }}
                token={token}
                className="line-act"
                label={`让第 ${index + 1} 台退出：${session.device}`}
              >
                <Button kind="quiet">让它退出</Button>
              </CommandForm>
            )}
          </Line>
        ))}
      </Lines>
      <CommandForm
        name="end-all-sessions"
        back={back}
        next="/sign-in"
        token={token}
        className="acts"
        label="在所有设备上退出"
      >
        <Button kind="outline">在所有设备上退出</Button>
      </CommandForm>
    </>
  );
}
