// What a phone has sent and doesn't know the outcome of, kept on it over a reload: one thing for each owner and address.

/** Something sent whose outcome isn't known yet. */
export interface Waiting {
  /** the redemption's id, made here */
  id: string;
  /** merchant or household: nobody else on this phone asks for it */
  owner: string;
  /** address it is sent to */
  path: string;
  /** the shop whose page it was pressed on */
  shop?: string;
  /** the village of the home whose page it was pressed on */
  home?: string;
  input: Record<string, string | number | boolean>;
  /** whose it is and for what, in the words of the page where it was pressed */
  about: string;
  /** when it was pressed, by this phone's date, which may be wrong: it only ever keeps from sending again */
  pressedAt: number;
}

const keyOf = (owner: string, path: string) => `cunfen-waiting-${owner}-${path}`;

/** Keeps what waits; where this browser keeps nothing, the page alone knows it. */
export function keepWaiting(waiting: Waiting): void {
  try {
    localStorage.setItem(keyOf(waiting.owner, waiting.path), JSON.stringify(waiting));
  } catch {
    // Private mode: a reload forgets it, and the list of today tells.
  }
}

/** Lets go of what is known now; another page of this phone may have sent something since, which stays. */
export function dropWaiting({ owner, path, id }: Waiting): void {
  if (findWaiting(owner, path)?.id === id) localStorage.removeItem(keyOf(owner, path));
}

/** What was sent from this phone to an address and isn't known yet; null when nothing. */
export function findWaiting(owner: string, path: string): Waiting | null {
  try {
    const kept = JSON.parse(localStorage.getItem(keyOf(owner, path)) ?? 'null') as Waiting | null;
    return kept?.owner === owner && kept.path === path && typeof kept.id === 'string' ? kept : null;
  } catch {
    return null;
  }
}
