import { EvidencePart } from '@/components/photos/evidence-part';
import { PhotoForm } from '@/components/photos/photo-form';
import { Button } from '@/components/ui/button';
import { CommandForm } from '@/components/ui/command-form';
import { TextAreaField } from '@/components/ui/field';
import { Facts } from '@/components/ui/figures';
import type { FormReturn } from '@/components/ui/form-return';
import { sayThing } from '@/lib/objections/rules';
import { BODY_MOST } from '@/lib/objections/schema';
import type { SubjectView } from '@/lib/objections/types';

/** The plain form: what it is about, why, a photo. */
export function ObjectionForm({
  subject,
  seat,
  householdId,
  href,
  next,
  token,
  photos,
  form,
}: {
  subject: SubjectView;
  seat: 'resident' | 'desk';
  /** for whom the office writes it down */
  householdId?: string;
  /** address of the page with the subject in its query */
  href: string;
  next: string;
  token: string;
  photos: string[];
  form: FormReturn | null;
}) {
  const here = `${href}${photos.map((photo) => `&photo=${photo}`).join('')}`;
  return (
    <>
      <Facts
        items={[
          ['对什么', sayThing(subject.kind, subject.title)],
          ['那件事', subject.note],
        ]}
      />
      {subject.kind === 'LIST_ROW' ? (
        <p className="soft">
          提了以后，这一行先不公布，等答复。成立了，这一行就从这张榜上撤下；是漏记了好事的，请另外补报那一件。
        </p>
      ) : null}
      <PhotoForm id="objection-photos" back={here} seat={seat} token={token} />
      <CommandForm
        name={seat === 'resident' ? 'open-objection' : 'record-objection'}
        back={here}
        next={next}
        token={token}
        fixed={{ kind: subject.kind, subject: subject.id, householdId: householdId ?? null }}
        form={form}
        className="deed-form"
      >
        <EvidencePart
          hint="有照片说得更清楚，没有也行"
          photos={photos}
          here={here}
          formId="objection-photos"
          seat={seat}
          form={form}
        />
        <TextAreaField
          name="body"
          label="哪里不对"
          hint="怎么回事，应该怎样，有谁可以作证"
          rows={5}
          maxLength={BODY_MOST}
          form={form}
        />
        <Button kind="primary" wide>
          提异议
        </Button>
        <p className="field-hint">由没有经手的人来定，写明理由告诉您。公布的只有结果，没有名字。</p>
      </CommandForm>
    </>
  );
}
