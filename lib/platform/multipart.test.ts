import { describe, expect, it } from 'vitest';
import { type MultipartLimits, type MultipartPart, multipartBoundary, readMultipart } from './multipart';
import { Refusal } from './refusal';

const LIMITS: MultipartLimits = { fileBytesMost: 1000, totalBytesMost: 100_000, partsMost: 8 };

function streamOf(bytes: Uint8Array, piece: number): ReadableStream<Uint8Array> {
  let at = 0;
  return new ReadableStream({
    pull(controller) {
      if (at >= bytes.length) return controller.close();
      controller.enqueue(bytes.slice(at, at + piece));
      at += piece;
    },
  });
}

async function read(
  bytes: Uint8Array,
  boundary: string,
  piece = 64,
  limits = LIMITS,
): Promise<MultipartPart[]> {
  const parts: MultipartPart[] = [];
  for await (const part of readMultipart(streamOf(bytes, piece), boundary, limits)) parts.push(part);
  return parts;
}

async function refusalOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'none',
    (error: unknown) => (error instanceof Refusal ? error.code : String(error)),
  );
}

/** A form as a browser would send it. */
async function encode(form: FormData): Promise<{ bytes: Uint8Array; boundary: string }> {
  const response = new Response(form);
  const boundary = multipartBoundary(response.headers.get('content-type')) ?? '';
  return { bytes: new Uint8Array(await response.arrayBuffer()), boundary };
}

const text = (part: MultipartPart | undefined) => new TextDecoder().decode(part?.bytes);

describe('a multipart form', () => {
  it('is read in whatever pieces it arrives', async () => {
    const form = new FormData();
    const binary = Uint8Array.from({ length: 700 }, (_, i) => (i * 7) % 256);
    form.append('_back', '/me/log?项目=1');
    form.append('empty', '');
    form.append('photo', new File([binary], '照片 "一".jpg', { type: 'image/jpeg' }));
    form.append('photo', new File(['\r\n--', '--\r\n\r\n'], 'tricky'));
    const { bytes, boundary } = await encode(form);
    for (const piece of [1, 2, 3, 7, 64, 10_000]) {
      const parts = await read(bytes, boundary, piece);
      expect(parts.map((part) => part.name)).toEqual(['_back', 'empty', 'photo', 'photo']);
      expect(text(parts[0])).toBe('/me/log?项目=1');
      expect(parts[0]?.fileName).toBeNull();
      expect(text(parts[1])).toBe('');
      expect([...(parts[2]?.bytes ?? [])]).toEqual([...binary]);
      expect(text(parts[3])).toBe('\r\n----\r\n\r\n');
    }
  });

  it('tells a file that was left empty from a field', async () => {
    const head =
      'content-disposition: form-data; name="photo"; filename=""\r\ncontent-type: application/octet-stream';
    const parts = await read(new TextEncoder().encode(`--b\r\n${head}\r\n\r\n\r\n--b--\r\n`), 'b');
    expect(parts).toMatchObject([{ name: 'photo', fileName: '', isTooLarge: false }]);
  });

  it('reports a file that is too large and goes on behind it', async () => {
    const form = new FormData();
    form.append('photo', new File([new Uint8Array(1001)], 'a'));
    form.append('photo', new File([new Uint8Array(1000)], 'b'));
    const { bytes, boundary } = await encode(form);
    const parts = await read(bytes, boundary);
    expect(parts.map((part) => [part.isTooLarge, part.bytes.length])).toEqual([
      [true, 0],
      [false, 1000],
    ]);
  });

  it('is refused over its limits', async () => {
    const form = new FormData();
    for (let i = 0; i < 9; i++) form.append('x', '1');
    const { bytes, boundary } = await encode(form);
    expect(await refusalOf(read(bytes, boundary))).toBe('BODY_TOO_LARGE');
    expect(await refusalOf(read(bytes, boundary, 64, { ...LIMITS, totalBytesMost: 300 }))).toBe(
      'BODY_TOO_LARGE',
    );
    const long = new FormData();
    long.append('note', 'x'.repeat(20_000));
    const encoded = await encode(long);
    expect(await refusalOf(read(encoded.bytes, encoded.boundary))).toBe('BODY_TOO_LARGE');
  });

  it('is refused when it ends early or makes no sense', async () => {
    const form = new FormData();
    form.append('photo', new File(['abc'], 'a.jpg'));
    const { bytes, boundary } = await encode(form);
    for (const cut of [0, 5, 60, bytes.length - boundary.length - 3]) {
      expect(await refusalOf(read(bytes.subarray(0, cut), boundary))).toBe('BODY_UNREADABLE');
    }
    const nameless = new TextEncoder().encode(`--b\r\ncontent-type: a/b\r\n\r\nx\r\n--b--\r\n`);
    expect(await refusalOf(read(nameless, 'b'))).toBe('BODY_UNREADABLE');
    const headless = new TextEncoder().encode(`--b\r\n${'x'.repeat(9000)}`);
    expect(await refusalOf(read(headless, 'b'))).toBe('BODY_UNREADABLE');
  });

  it('is known by its content type', () => {
    expect(multipartBoundary('multipart/form-data; boundary=abc')).toBe('abc');
    expect(multipartBoundary('Multipart/Form-Data; charset=utf-8; boundary="a b"')).toBe('a b');
    expect(multipartBoundary('image/jpeg')).toBeNull();
    expect(multipartBoundary('multipart/form-data')).toBeNull();
    expect(multipartBoundary(null)).toBeNull();
  });
});
