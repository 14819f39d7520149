import type { FormReturn } from '@/components/ui/form-return';
import { enteredList, enteredText } from '@/components/ui/form-return';
import type { DeedDetail } from '@/lib/deeds/own/types';
import { type Day, daysBetween, parseDay } from '@/lib/platform/clock';
import { isId } from '@/lib/platform/ids';
import type { ItemView } from '@/lib/rulebook/types';

/** What the form begins with: what was entered before it was refused, a deed that is reported again, the address. */
export interface Prefill {
  photos: string[];
  day: Day;
  who: string;
  quantity: number;
  step: string | null;
  metric: string;
  note: string;
}

const PHOTOS_MOST = 6;

/** Puts together what the form begins with; what is no longer possible (a day too old) is left out. */
export function prefillOf(from: {
  query: Record<string, string | string[] | undefined>;
  form: FormReturn | null;
  again: DeedDetail | null;
  item: ItemView;
  today: Day;
  ageDaysMost: number;
  self: string;
  members: string[];
}): Prefill {
  const { query, form, again, item, today, self } = from;
  const sent = form && 'residentId' in form.entered ? form : null;
  const inAddress = [query.photo ?? []].flat().filter(isId);
  const ofDeed = again ? again.photoRefs.filter((photo) => photo.mine).map((photo) => photo.id) : [];
  const photos = sent ? (enteredList(sent, 'photos') ?? []) : [...ofDeed, ...inAddress];

  const wanted = parseDay(enteredText(sent, 'deedOn') ?? text(query.day) ?? again?.deedOn ?? '');
  const age = wanted ? daysBetween(wanted, today) : -1;
  // What was refused is shown again even where it is wrong; a day of the address only where it is possible.
  const day = wanted && (sent || (age >= 0 && age <= from.ageDaysMost)) ? wanted : today;

  const who = enteredText(sent, 'residentId') ?? again?.residentId ?? self;
  const stepOfDeed = item.scale.find((one) => one.order === again?.scaleStepOrder)?.id ?? null;
  return {
    photos: [...new Set(photos.filter(isId))].slice(0, PHOTOS_MOST),
    day,
    who: from.members.includes(who) ? who : self,
    quantity: Number(enteredText(sent, 'quantity') ?? again?.quantity ?? 1) || 1,
    step: enteredText(sent, 'scaleStepId') ?? stepOfDeed,
    metric: enteredText(sent, 'metricValue') ?? again?.metricValue ?? '',
    note: enteredText(sent, 'note') ?? again?.note ?? '',
  };
}

function text(value: string | string[] | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
