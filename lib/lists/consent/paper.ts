import 'server-only';
import { tellMembers } from '@/lib/deductions/notices';
import { attachPhotos } from '@/lib/photos/attached';
import { command, type Tx } from '@/lib/platform/command';
import { refuse } from '@/lib/platform/refusal';
import { canRecordConsents } from '../policy';
import { recordConsentInput, recordConsentWithdrawalInput } from './schema';
import { CONSENT_TEXT, consentWords } from './text';

// Consent for who has no phone: signed on paper by an adult of the household, written down by someone of the office with
// a photo of the paper. Whoever of the household does read messages is told, and can take it back on the own phone.

/** What the log keeps: whose and by whom it was signed. */
const keep = ({
  householdId,
  signerId,
  photos,
}: {
  householdId: string;
  signerId: string;
  photos: string[];
}) => ({
  householdId,
  signerId,
  photos,
});

async function mustBeThere(tx: Tx, villageId: string, householdId: string): Promise<void> {
  const found = await tx.household.count({ where: { villageId, id: householdId, leftOn: null } });
  if (found === 0) throw refuse('NOT_FOUND', {}, 'householdId');
}

/**
 * 代记同意: that an adult of a household signed the text, with a photo of the paper. By a steward or verifier, not for the
 * own household or near kin (list_consent.sql). Refuses CONSENT_TEXT_CHANGED, PHOTO_REQUIRED, CONSENT_SIGNER,
 * CONSENT_GIVEN.
 */
export const recordConsent = command({
  name: 'record-consent',
  title: '代村民记同意红榜写全名',
  seat: 'desk',
  input: recordConsentInput,
  keep: (input) => ({ ...keep(input), textVersion: input.textVersion }),
  may: canRecordConsents,
  async run({ actor, input, id, now, tx, villageId }) {
    const { householdId, signerId, textVersion, photos } = input;
    await mustBeThere(tx, villageId, householdId);
    if (textVersion !== CONSENT_TEXT.version) throw refuse('CONSENT_TEXT_CHANGED', {}, 'textVersion');
    if (photos.length === 0) throw refuse('PHOTO_REQUIRED', {}, 'photos');
    const { personId, name } = actor;
    await tx.$queryRaw`
      select consent_record(${villageId}::uuid, ${id}::uuid, ${householdId}::uuid, ${signerId}::uuid, ${personId}::uuid,
        ${CONSENT_TEXT.version}::integer, ${consentWords(CONSENT_TEXT)}::text, ${now}::timestamptz)::text`;
    await attachPhotos(tx, { villageId, personId, kind: 'CONSENT', subject: id, householdId }, photos);
    await tellMembers(
      tx,
      { villageId, householdId, causeId: id, now },
      {
        title: `${name}替您家记下：同意红榜写全名`,
        body: '凭家里大人签了字的纸记的。点开看是谁签的、纸的照片；不是您家的意思，在那一页点一下就收回。',
        href: '/me/consent',
      },
    );
    return { subject: householdId };
  },
});

/**
 * 代记收回: that an adult of a household takes it back, with a photo if something was signed. Masked from this moment on.
 * By whom as above. Refuses CONSENT_NOT_GIVEN, CONSENT_SIGNER.
 */
export const recordConsentWithdrawal = command({
  name: 'record-consent-withdrawal',
  title: '代村民记收回同意',
  seat: 'desk',
  input: recordConsentWithdrawalInput,
  keep,
  may: canRecordConsents,
  async run({ actor, input, id, now, tx, villageId }) {
    const { householdId, signerId, photos } = input;
    await mustBeThere(tx, villageId, householdId);
    const { personId, name } = actor;
    const [done] = await tx.$queryRaw<{ consent: string }[]>`
      select consent_record_withdrawal(${villageId}::uuid, ${householdId}::uuid, ${signerId}::uuid, ${personId}::uuid,
        ${now}::timestamptz)::text as consent`;
    if (!done) throw new Error('consent_record_withdrawal answered nothing');
    const paper = {
      villageId,
      personId,
      kind: 'CONSENT_WITHDRAWN' as const,
      subject: done.consent,
      householdId,
    };
    await attachPhotos(tx, paper, photos);
    await tellMembers(
      tx,
      { villageId, householdId, causeId: id, now },
      {
        title: `${name}替您家记下：收回同意，红榜名字隐去`,
        body: '从现在起名字都隐去。不是您家的意思，可以在那一页重新同意。',
        href: '/me/consent',
      },
    );
    return { subject: householdId };
  },
});

/** The commands of this part. */
export const paperConsentCommands = [recordConsent, recordConsentWithdrawal];
