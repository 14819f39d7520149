import { ROLE_NAMES, type Role } from '@/lib/residents/types';

/** Someone a visitor of the demo may be. */
export interface DemoPersonLine {
  id: string;
  name: string;
  role: Role | null;
  isHead: boolean;
  place: string;
}

/** The people of the demo by what they do, one tap each; every one is a plain form. */
export function DemoPeople({
  people,
  next,
  token,
}: {
  people: DemoPersonLine[];
  next: string;
  token: string;
}) {
  const groups = new Map<string, DemoPersonLine[]>();
  for (const person of people) {
    const title = person.role ? ROLE_NAMES[person.role] : '村民';
    groups.set(title, [...(groups.get(title) ?? []), person]);
  }
  return (
    <div className="demo-people">
      {[...groups].map(([title, members]) => (
        <section key={title} aria-label={title}>
          <h3>{title}</h3>
          <ul>
            {members.map((person) => (
              <li key={person.id}>
                <form method="post" action="/api/sign-in/demo">
                  <input type="hidden" name="person" value={person.id} />
                  <input type="hidden" name="_next" value={next} />
                  <input type="hidden" name="_back" value="/sign-in" />
                  <input type="hidden" name="_token" value={token} />
                  <button type="submit" className="btn btn-outline">
                    <span>{person.name}</span>
                    <small>{person.isHead ? `${person.place} · 户主` : person.place}</small>
                  </button>
                </form>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}
