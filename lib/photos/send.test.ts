import { afterEach, expect, test, vi } from 'vitest';
import { sendPhoto } from './send';

afterEach(() => vi.unstubAllGlobals());

test('six photos chosen at once are sent two at a time, whatever becomes of one', async () => {
  let [open, most, sent] = [0, 0, 0];
  class Request {
    upload = {};
    responseText = '';
    onload = () => undefined;
    onerror = () => undefined;
    open() {}
    setRequestHeader() {}
    send() {
      open += 1;
      sent += 1;
      most = Math.max(most, open);
      const isLost = sent === 2;
      setTimeout(() => {
        open -= 1;
        this.responseText = '{"ok":true}';
        if (isLost) this.onerror();
        else this.onload();
      }, 5);
    }
  }
  vi.stubGlobal('XMLHttpRequest', Request);
  const photo = { blob: new Blob(['x']), takenAt: null };
  const choose = () =>
    Promise.all(
      ['1', '2', '3', '4', '5', '6'].map((id) => sendPhoto(id, photo, 'resident', () => undefined)),
    );
  const answers = await choose();
  expect([most, open, answers.filter((one) => one.ok).length]).toEqual([2, 0, 5]);
  expect((await choose()).every((one) => one.ok)).toBe(true);
});
