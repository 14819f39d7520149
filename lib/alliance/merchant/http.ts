import 'server-only';
import type { Actor } from '@/lib/auth/types';
import { UPLOAD_BYTES_MOST } from '@/lib/photos/rules';
import { faultAnswer, seeOther } from '@/lib/platform/command-http';
import { db } from '@/lib/platform/db';
import { keepFormReturn } from '@/lib/platform/form-return';
import { isFreshId, newId } from '@/lib/platform/ids';
import { log } from '@/lib/platform/log';
import { multipartBoundary, readMultipart } from '@/lib/platform/multipart';
import { refuseForeignOrigin } from '@/lib/platform/origin';
import { hitRate } from '@/lib/platform/rate';
import { Refusal, type RefusalView, refuse } from '@/lib/platform/refusal';
import { senderOf, withParam } from '@/lib/platform/refused-form';
import { takeApplication } from './application';

// POST /api/shop-applications: an application as one plain form with the picture of the front in it, since who applies
// has no sign-in under which a picture could wait. 303 to the page that says what comes next, or back with the refusal.

const FORM_PAGE = '/alliance/apply';
const SENT_PAGE = '/alliance/apply/sent';
/** A shop's phone may change its address as it likes; what comes from one is counted before anything is decoded. */
const APPLICATIONS_PER_HOUR = 12;
/** Pictures of one address that are decoded in an hour, where one that the decoder gave up on counts as ten. */
const PICTURES_PER_HOUR = 40;
const FIELDS = [
  'name',
  'kind',
  'address',
  'openingHours',
  'townshipId',
  'contactName',
  'contactPhone',
  'isCharity',
];

export interface ApplicationHttp {
  /** who applies may be signed in as somebody; it makes no difference */
  actor: Actor | null;
  address: string;
  now: Date;
}

/** Answers POST /api/shop-applications. Never throws; a fault becomes a 500 with a number to quote. */
export async function answerApplication(request: Request, http: ApplicationHttp): Promise<Response> {
  const form: Form = { id: newId(), token: null, fields: {}, photo: new Uint8Array(), refusal: null };
  try {
    const boundary = multipartBoundary(request.headers.get('content-type'));
    if (!boundary || !request.body) {
      const { view } = refuse('BODY_UNREADABLE');
      return Response.json(
        { ok: false, refusal: view },
        { status: view.status, headers: { 'cache-control': 'no-store' } },
      );
    }
    await readForm(request.body, boundary, form);
    const foreign = refuseForeignOrigin(request, http.actor?.sessionId ?? '', form.token, http.now);
    if (foreign) throw foreign;
    if (form.refusal) throw new Refusal(form.refusal.code, {}, 'photo');
    const limit = { key: `applications:${http.address}`, most: APPLICATIONS_PER_HOUR, seconds: 3600 };
    if ((await hitRate(db(), limit, http.now)) > 0) throw refuse('APPLIED_TOO_OFTEN', { after: '一小时' });
    const { id, fields, photo } = form;
    const pictures = { key: `application-pictures:${http.address}`, most: PICTURES_PER_HOUR, seconds: 3600 };
    const result = await takeApplication({
      id,
      fields,
      photo,
      sender: { key: pictures.key, limit: pictures, now: http.now },
      now: http.now,
      address: http.address,
    });
    if (result.ok) return seeOther(SENT_PAGE);
    return await backWith(result.refusal, form, http);
  } catch (error) {
    if (error instanceof Refusal) return backWith(error.view, form, http);
    const number = newId().slice(-12);
    log.error({ number, fault: error instanceof Error ? error.name : 'unknown' }, 'fault');
    return faultAnswer(number, false);
  }
}

interface Form {
  id: string;
  token: string | null;
  fields: Record<string, string>;
  photo: Uint8Array;
  refusal: RefusalView | null;
}

async function readForm(body: ReadableStream<Uint8Array>, boundary: string, form: Form): Promise<void> {
  const limits = { fileBytesMost: UPLOAD_BYTES_MOST, totalBytesMost: 40 * 1024 * 1024, partsMost: 20 };
  for await (const part of readMultipart(body, boundary, limits)) {
    if (part.fileName !== null) {
      if (part.name !== 'photo') continue;
      if (part.isTooLarge) form.refusal = refuse('PHOTO_TOO_LARGE', {}, 'photo').view;
      else form.photo = part.bytes;
      continue;
    }
    const text = new TextDecoder().decode(part.bytes);
    if (part.name === '_id' && isFreshId(text)) form.id = text;
    else if (part.name === '_token') form.token = text;
    else if (FIELDS.includes(part.name)) form.fields[part.name] = text;
  }
}

async function backWith(refusal: RefusalView, form: Form, http: ApplicationHttp): Promise<Response> {
  const r = await keepFormReturn(senderOf(http), refusal, form.fields, http.now);
  return seeOther(withParam(FORM_PAGE, 'r', r));
}
