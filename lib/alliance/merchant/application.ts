import 'server-only';
import { keepFiles } from '@/lib/photos/files';
import { countUpload, type PhotoSender } from '@/lib/photos/turns';
import { mustBePhoto, mustDecode } from '@/lib/photos/upload';
import { type CommandResult, runCommand } from '@/lib/platform/command';
import { db } from '@/lib/platform/db';
import { idFromWords } from '@/lib/platform/ids';
import { Refusal } from '@/lib/platform/refusal';
import { contentAddressOf, photoStore } from '@/lib/platform/storage';
import { proveShopPhoto } from '../photo/attach';
import { shopPhotoFacts } from '../photo/schema';
import { shopFactsOf } from '../photo/upload';
import { applyToAlliance, merchantIdOf } from './commands';

export interface ApplicationSent {
  id: string;
  /** the fields of the form */
  fields: Record<string, string>;
  /** of the front; empty where none was chosen */
  photo: Uint8Array;
  /** who sends it, under the limit on applications */
  sender: PhotoSender;
  now: Date;
  address: string;
}

/**
 * Takes an application in with the picture of the front, under the limits and refusals of every photo. A refusal leaves
 * nothing behind, neither file nor row.
 */
export async function takeApplication({
  id,
  fields,
  photo,
  sender,
  now,
  address,
}: ApplicationSent): Promise<CommandResult> {
  const call = (input: object) =>
    runCommand(applyToAlliance, { actor: null, id, input, now, address, limited: true });
  if (photo.length === 0) return call(fields);
  try {
    const format = mustBePhoto(photo);
    await countUpload(sender);
    const decoded = await mustDecode(photo, format, sender);
    const facts = shopPhotoFacts.parse(shopFactsOf(contentAddressOf(photo), decoded));
    const proof = proveShopPhoto({
      id: idFromWords('application-photo', id),
      merchantId: merchantIdOf(id),
      purpose: 'FRONT',
      personId: null,
      facts,
    });
    return await keepFiles(db(), photoStore(), [decoded.large, decoded.small], () =>
      call({ ...fields, photo: facts, proof }),
    );
  } catch (error) {
    if (error instanceof Refusal) return { ok: false, refusal: error.view };
    throw error;
  }
}
