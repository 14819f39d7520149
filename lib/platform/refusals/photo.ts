import type { RefusalEntry } from './entry';

/** Refusals of photos. */
export const photoRefusals = {
  PHOTO_MISSING: { status: 422, sentence: '没有收到照片。', next: '请选一张照片，或者现拍一张，再传。' },
  PHOTO_TOO_LARGE: {
    status: 413,
    sentence: '这张照片超过 8 MB，太大了。',
    next: '请在手机相机设置里把照片尺寸调小再拍一张，别的照片都还在。',
  },
  PHOTO_TOO_MANY_PIXELS: {
    status: 422,
    sentence: '这张照片的像素太高（超过 5000 万）。',
    next: '请关掉相机的“高像素”模式再拍一张，别的照片都还在。',
  },
  PHOTO_HEIC: {
    status: 415,
    sentence: '这张照片是 HEIC（高效）格式，这里打不开。',
    next: '苹果手机：设置 › 相机 › 格式，选“兼容性最佳”；安卓手机：相机设置里关掉“高效照片（HEIF）”。然后再拍一张。',
  },
  PHOTO_NOT_A_PHOTO: {
    status: 415,
    sentence: '这个文件不是照片。',
    next: '只收手机拍的照片（JPG、PNG、WebP），请重新选一张。',
  },
  PHOTO_UNREADABLE: {
    status: 422,
    sentence: '这张照片坏了，或者没有传完整，打不开。',
    next: '请再传一次；还不行就重拍一张。别的照片都还在。',
  },
  PHOTO_NOT_PROCESSED: {
    status: 503,
    sentence: '这张照片处理得太久，没有存下。',
    next: '请过一会儿再试，或者换一张。别的照片都还在。',
  },
  PHOTO_GONE: { status: 409, sentence: '这张照片已经移除了。', next: '还要用的话，请重新选一次。' },
  PHOTO_IN_USE: {
    status: 409,
    sentence: '这张照片已经用在申报或者别的材料里，不能删。',
    next: '还没核实的，请先撤回那一件，撤回后在那一件的页面上就能删。',
  },
  PHOTOS_AT_ONCE: {
    status: 429,
    sentence: '前面 {most} 张照片还在处理，这一张还没有收。',
    next: '请等几秒，等前面的传好了，再传这一张。',
  },
  PHOTOS_UNUSED_TOO_MANY: {
    status: 429,
    sentence: '您今天传了太多还没用上的照片。',
    next: '请先把已传的照片用在申报里，或者明天再传。',
  },
} satisfies Record<string, RefusalEntry>;
