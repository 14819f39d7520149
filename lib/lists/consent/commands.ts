import 'server-only';
import { command } from '@/lib/platform/command';
import { refuse } from '@/lib/platform/refusal';
import { giveConsentInput, withdrawConsentInput } from './schema';
import { CONSENT_TEXT, consentWords } from './text';

/**
 * 同意写全名: the household's, given by its head or an adult of it (list_consent.sql), kept with the text that was
 * shown. Given once more while it holds it stays as it is.
 */
export const giveConsent = command({
  name: 'give-consent',
  title: '同意红榜写全名',
  seat: 'resident',
  input: giveConsentInput,
  keep: (input) => ({ textVersion: input.textVersion }),
  may: () => true,
  async run({ actor, input, id, now, tx, villageId }) {
    if (input.textVersion !== CONSENT_TEXT.version) throw refuse('CONSENT_TEXT_CHANGED', {}, 'textVersion');
    await tx.$queryRaw`
      select consent_give(${villageId}::uuid, ${id}::uuid, ${actor.resident.householdId}::uuid, ${actor.personId}::uuid,
                          ${CONSENT_TEXT.version}::integer, ${consentWords(CONSENT_TEXT)}::text, ${now}::timestamptz)`;
    return { subject: actor.resident.householdId };
  },
});

/** 收回同意: masked from this moment on, everywhere. */
export const withdrawConsent = command({
  name: 'withdraw-consent',
  title: '收回红榜写全名的同意',
  seat: 'resident',
  input: withdrawConsentInput,
  keep: () => ({}),
  may: () => true,
  async run({ actor, now, tx, villageId }) {
    await tx.$queryRaw`
      select consent_withdraw(${villageId}::uuid, ${actor.resident.householdId}::uuid, ${actor.personId}::uuid,
                              ${now}::timestamptz)::text`;
    return { subject: actor.resident.householdId };
  },
});

/** The commands of this part. */
export const consentCommands = [giveConsent, withdrawConsent];
