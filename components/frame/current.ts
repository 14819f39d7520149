/** Marks the item under whose address `path` lies; of several the longest, so that /me is not /me/deeds. */
export function markCurrent<Item extends { href: string }>(
  items: Item[],
  path: string | undefined,
): (Item & { current: boolean })[] {
  const bare = path?.split(/[?#]/)[0] ?? '';
  const best = items
    .map((item) => item.href)
    .filter((href) => bare === href || bare.startsWith(`${href}/`))
    .sort((a, b) => b.length - a.length)[0];
  return items.map((item) => ({ ...item, current: item.href === best }));
}
