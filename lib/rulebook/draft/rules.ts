// What a draft's settings must be to each other. Pure; told all at once, as for items (item/rules.ts).

/** Settings as they were entered, whatever they hold. */
export interface EnteredSettings {
  starThresholds?: unknown;
  redTop?: unknown;
  redThreshold?: unknown;
  yearEndPolicy?: unknown;
  yearEndCarryMost?: unknown;
}

/** Everything in which settings contradict each other: the field to mark, and the sentence beside it. */
export function settingFaults(settings: EnteredSettings): [field: string, sentence: string][] {
  const faults: [string, string][] = [];
  const { starThresholds: stars, redTop, redThreshold } = settings;
  if (settings.yearEndPolicy === 'CARRY_UP_TO' && settings.yearEndCarryMost === null) {
    faults.push(['yearEndCarryMost', '选了转一部分，就要填最多转多少分']);
  }
  if (Array.isArray(stars) && stars.every((one): one is number => typeof one === 'number')) {
    if (stars.some((one, index) => index > 0 && one <= (stars[index - 1] ?? 0))) {
      faults.push(['starThresholds', '从一星起，一星要比一星多']);
    }
  }
  if (redTop === null && redThreshold === null) faults.push(['redTop', '前几名和满多少分，至少填一个']);
  return faults;
}
