'use client';

import { EndPage } from '@/components/frame/end-page';
import './globals.css';

/** As error.tsx, when even the root layout failed. */
export default function GlobalError({
  error,
  reset,
}: {
  error: Error & { digest?: string };
  reset: () => void;
}) {
  return (
    <html lang="zh-CN">
      <head>
        <title>没有打开 · 村分</title>
      </head>
      <body>
        <EndPage title="这一页没有打开" number={error.digest} onRetry={reset}>
          <p>系统出了差错。已经记下的都还在，积分一分不少。</p>
          <p>请过一会儿再打开；还是不行，请把下面的号码告诉村里。</p>
        </EndPage>
      </body>
    </html>
  );
}
