import { EvidencePart } from '@/components/photos/evidence-part';
import { PhotoForm } from '@/components/photos/photo-form';
import { Button } from '@/components/ui/button';
import { CommandForm } from '@/components/ui/command-form';
import { SelectField } from '@/components/ui/field';
import type { FormReturn } from '@/components/ui/form-return';
import { Photo } from '@/components/ui/photo';
import { PrintButton } from '@/components/ui/print-button';
import type { ConsentText } from '@/lib/lists/consent/text';
import type { ConsentView } from '@/lib/lists/consent/types';
import { sayFullDay } from '@/lib/lists/rules';
import { type PhotoView, photoAddress } from '@/lib/photos/types';

/** The text that is consented to; on paper with the lines for who signs and who was there. */
export function ConsentArticle({
  text,
  call,
  isPaper,
}: {
  text: ConsentText;
  call?: string;
  isPaper?: boolean;
}) {
  return (
    <article className="consent-text" aria-labelledby="consent-title">
      <h2 id="consent-title">{text.title}</h2>
      {call ? <p className="consent-whose">{call}</p> : null}
      <ol>
        {text.lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ol>
      {isPaper ? (
        <dl className="consent-sign">
          <dt>户主或家里的成年人签字</dt>
          <dd />
          <dt>日期</dt>
          <dd />
          <dt>念给他听、看着他签的人</dt>
          <dd />
        </dl>
      ) : null}
    </article>
  );
}

/** By whom and when consent was given or taken back, and of a paper who wrote it down. */
export function sayConsent({ isGiven, last }: ConsentView): string {
  if (!last) return '这一户还没有同意过，上红榜名字中间用“×”代替。';
  if (isGiven) {
    const paper = last.recordedBy ? `在纸上签字同意的，${last.recordedBy}代记` : '同意的';
    return `${last.givenBy} ${sayFullDay(last.givenOn)}${paper}。`;
  }
  const paper = last.withdrawalRecordedBy ? `，${last.withdrawalRecordedBy}代记` : '';
  return `${last.withdrawnBy} ${last.withdrawnOn ? sayFullDay(last.withdrawnOn) : ''}收回了同意${paper}。`;
}

/** Photos of signed papers. */
export function PaperPhotos({ photos }: { photos: PhotoView[] }) {
  if (photos.length === 0) return null;
  return (
    <ul className="consent-photos" aria-label="签字的纸">
      {photos.map((photo, index) => (
        <li key={photo.id}>
          <Photo
            src={photoAddress(photo.id, 'small')}
            large={photoAddress(photo.id, 'large')}
            alt={`签字的纸，第 ${index + 1} 张`}
            width={photo.width}
            height={photo.height}
          />
        </li>
      ))}
    </ul>
  );
}

/** What an adult of a household signed, or takes back: who, and the photo of the paper. */
export function PaperConsentForm({
  act,
  householdId,
  textVersion,
  signers,
  token,
  photos,
  form,
}: {
  act: 'give' | 'withdraw';
  householdId: string;
  textVersion: number;
  signers: { id: string; name: string }[];
  token: string;
  photos: string[];
  form: FormReturn | null;
}) {
  const page = `/desk/people/${householdId}/consent`;
  const here = `${page}${photos.length > 0 ? '?' : ''}${photos.map((photo) => `photo=${photo}`).join('&')}`;
  const isGiving = act === 'give';
  const name = isGiving ? 'record-consent' : 'record-consent-withdrawal';
  return (
    <div className="no-print narrow">
      <PhotoForm id="paper-photos" back={here} seat="desk" token={token} />
      <CommandForm
        name={name}
        back={here}
        next={`${page}?ok=${name}`}
        fixed={isGiving ? { householdId, textVersion } : { householdId }}
        token={token}
        form={form}
      >
        <SelectField
          name="signerId"
          label={isGiving ? '谁签的字' : '谁说要收回'}
          hint="户主或者家里的成年人"
          empty="请选"
          options={signers.map((one) => ({ value: one.id, label: one.name }))}
          form={form}
        />
        <EvidencePart
          label="签了字的纸"
          hint={
            isGiving
              ? '把整张纸拍清楚，只有村里办事的人和这一户看得到'
              : '有签字的纸就拍一张；口头说的也算，不用纸'
          }
          required={isGiving}
          photos={photos}
          here={here}
          formId="paper-photos"
          seat="desk"
          form={form}
        />
        <Button kind={isGiving ? 'primary' : 'danger'} wide>
          {isGiving ? '记下：这一户同意写全名' : '记下：这一户收回同意'}
        </Button>
        <p className="field-hint">
          {isGiving
            ? '记下以后，红榜上马上写全名；家里有手机的会收到消息，随时可以自己收回。'
            : '记下以后，名字马上隐去，旧的图片和榜换成新的。'}
        </p>
      </CommandForm>
    </div>
  );
}

/** The text to read out and to have signed, with the button that prints it. */
export function PaperToSign({ text, call }: { text: ConsentText; call: string }) {
  return (
    <>
      <ConsentArticle text={text} call={call} isPaper />
      <p className="acts no-print">
        <PrintButton label="打印这张同意书" />
      </p>
    </>
  );
}
