import { CommandForm } from '@/components/ui/command-form';

/** Another village where the person lives too. */
export interface OtherHome {
  villageId: string;
  villageName: string;
  /** messages of that village not read yet */
  unread: number;
}

/** Who lives in several villages: of which one these pages are, and the way to the others. Nothing for everybody else. */
export function HomesBand({ here, others, token }: { here: string; others: OtherHome[]; token: string }) {
  if (others.length === 0) return null;
  return (
    <section className="message message-look no-print" aria-label="在哪个村">
      <div>
        <p>
          <strong>您现在看的是{here}的家</strong>
        </p>
        <p>付款、记好事、表决，都只算{here}的。</p>
        {others.map(({ villageId, villageName, unread }) => (
          <CommandForm
            key={villageId}
            name="choose-home"
            back="/me"
            next="/me"
            token={token}
            fixed={{ villageId }}
            label={`换到${villageName}的家`}
          >
            <button type="submit" className="btn btn-outline">
              换到{villageName}的家{unread > 0 ? `，有 ${unread} 条新消息` : ''}
            </button>
          </CommandForm>
        ))}
      </div>
    </section>
  );
}
