import { EvidencePart } from '@/components/photos/evidence-part';
import { PhotoForm } from '@/components/photos/photo-form';
import { Button } from '@/components/ui/button';
import { CommandForm } from '@/components/ui/command-form';
import { TextAreaField } from '@/components/ui/field';
import type { FormReturn } from '@/components/ui/form-return';
import { ANSWER_MOST, REASON_MOST } from '@/lib/deductions/schema';

interface SayProps {
  deductionId: string;
  /** who fills it in: the household on its phone, or the office for it */
  seat: 'resident' | 'desk';
  /** address of the page, without a query */
  href: string;
  /** where it leads when it was sent */
  next: string;
  token: string;
  photos: string[];
  form: FormReturn | null;
}

const hereOf = (href: string, photos: string[]) =>
  `${href}${photos.length > 0 ? '?' : ''}${photos.map((photo) => `photo=${photo}`).join('&')}`;

/** 申辩: in one's own words, with photos. */
export function AnswerForm({ deductionId, seat, href, next, token, photos, form }: SayProps) {
  const here = hereOf(href, photos);
  return (
    <>
      <PhotoForm id="answer-photos" back={here} seat={seat} token={token} />
      <CommandForm
        name={seat === 'resident' ? 'answer-deduction' : 'record-answer'}
        back={here}
        next={next}
        token={token}
        fixed={{ deductionId }}
        form={form}
      >
        <EvidencePart
          hint="有照片说得更清楚，没有也行"
          photos={photos}
          here={here}
          formId="answer-photos"
          seat={seat}
          form={form}
        />
        <TextAreaField
          name="answer"
          label={seat === 'resident' ? '说说情况' : '这户怎么说'}
          hint="怎么回事，有什么难处，有谁可以作证，想到什么写什么"
          rows={5}
          maxLength={ANSWER_MOST}
          form={form}
        />
        <Button kind="primary" wide>
          送出去
        </Button>
        <p className="field-hint">送出以后先停下来不扣，由没经手的人看过再定。</p>
      </CommandForm>
    </>
  );
}

/** 整改: mended, with a photo of it. */
export function RepairForm({ deductionId, seat, href, next, token, photos, form }: SayProps) {
  const here = hereOf(href, photos);
  return (
    <>
      <PhotoForm id="repair-photos" back={here} seat={seat} token={token} />
      <CommandForm
        name={seat === 'resident' ? 'claim-repair' : 'record-repair'}
        back={here}
        next={next}
        token={token}
        fixed={{ deductionId }}
        form={form}
      >
        <EvidencePart
          label="改好以后的照片"
          hint="拍一张现在的样子"
          required
          photos={photos}
          here={here}
          formId="repair-photos"
          seat={seat}
          form={form}
        />
        <TextAreaField name="note" label="说明" optional rows={2} maxLength={REASON_MOST} form={form} />
        <Button kind="primary" wide>
          改好了，请来看
        </Button>
      </CommandForm>
    </>
  );
}
