import 'server-only';
import { refuse } from './refusal';

// Reads multipart/form-data as it arrives, part by part, so that one file at a time is in memory and nothing touches
// the disk. Sizes are counted, never believed.

export interface MultipartLimits {
  /** of one file; a larger one is read past and reported */
  fileBytesMost: number;
  /** of the whole body; beyond it the request is refused */
  totalBytesMost: number;
  /** fields and files together */
  partsMost: number;
}

export interface MultipartPart {
  name: string;
  /** null for a plain field; '' where a form's file was left empty */
  fileName: string | null;
  bytes: Uint8Array;
  /** the file was larger than allowed; `bytes` is empty */
  isTooLarge: boolean;
}

const FIELD_BYTES_MOST = 16 * 1024;
const HEAD_BYTES_MOST = 4 * 1024;

/** The boundary of a multipart/form-data request, or null when it is none. */
export function multipartBoundary(contentType: string | null): string | null {
  const found = /^multipart\/form-data\s*;.*?\bboundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))/i.exec(
    contentType ?? '',
  );
  return found?.[1] ?? found?.[2] ?? null;
}

/**
 * The parts of a form in their order. Refuses BODY_UNREADABLE what is malformed or ends early, BODY_TOO_LARGE what is
 * over the limits.
 */
export async function* readMultipart(
  body: ReadableStream<Uint8Array>,
  boundary: string,
  limits: MultipartLimits,
): AsyncGenerator<MultipartPart> {
  const reader = body.getReader();
  const delimiter = Buffer.from(`\r\n--${boundary}`, 'latin1');
  // The first delimiter has no line before it: give it one.
  let buffer = Buffer.from('\r\n', 'latin1');
  let total = 0;
  const readMore = async () => {
    const { done, value } = await reader.read();
    if (done) throw refuse('BODY_UNREADABLE');
    total += value.byteLength;
    if (total > limits.totalBytesMost) throw refuse('BODY_TOO_LARGE');
    buffer = Buffer.concat([buffer, value]);
  };
  /** Hands over what stands before the next delimiter, in pieces, and steps behind it. */
  const readUntilDelimiter = async (take: (piece: Buffer) => void) => {
    for (;;) {
      const at = buffer.indexOf(delimiter);
      const safe = at >= 0 ? at : Math.max(0, buffer.length - delimiter.length + 1);
      take(buffer.subarray(0, safe));
      buffer = buffer.subarray(at >= 0 ? at + delimiter.length : safe);
      if (at >= 0) return;
      await readMore();
    }
  };

  try {
    await readUntilDelimiter(() => undefined);
    for (let count = 1; ; count++) {
      while (buffer.length < 2) await readMore();
      if (buffer.subarray(0, 2).toString('latin1') === '--') return;
      if (count > limits.partsMost) throw refuse('BODY_TOO_LARGE');
      const head = await readHead();
      const most = head.fileName === null ? FIELD_BYTES_MOST : limits.fileBytesMost;
      let pieces: Buffer[] = [];
      let size = 0;
      await readUntilDelimiter((piece) => {
        size += piece.length;
        if (size > most) pieces = [];
        else if (piece.length > 0) pieces.push(Buffer.from(piece));
      });
      if (size > most && head.fileName === null) throw refuse('BODY_TOO_LARGE');
      yield { ...head, bytes: Buffer.concat(pieces), isTooLarge: size > most };
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }

  async function readHead(): Promise<{ name: string; fileName: string | null }> {
    let end = buffer.indexOf('\r\n\r\n');
    while (end < 0) {
      if (buffer.length > HEAD_BYTES_MOST) throw refuse('BODY_UNREADABLE');
      await readMore();
      end = buffer.indexOf('\r\n\r\n');
    }
    const head = buffer.subarray(0, end).toString('utf8');
    buffer = buffer.subarray(end + 4);
    const line = /^content-disposition:\s*form-data\s*;(.*)$/im.exec(head)?.[1];
    const name = line && /(?:^|;)\s*name="([^"]*)"/i.exec(line)?.[1];
    if (!line || name === undefined) throw refuse('BODY_UNREADABLE');
    const fileName = /(?:^|;)\s*filename="([^"]*)"/i.exec(line)?.[1];
    return { name: name ?? '', fileName: fileName ?? null };
  }
}
