import { isId } from '@/lib/platform/ids';

/** The pictures in a page's address, from the form without JavaScript (`photo`) or with it (`photos[]`); at most one. */
export function photosOf(query: Record<string, string | string[] | undefined>): string[] {
  const sent = [query['photos[]'], query.photo].flat().filter(isId);
  return [...new Set(sent)].slice(-1);
}
