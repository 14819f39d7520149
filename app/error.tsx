'use client';

import { EndPage } from '@/components/frame/end-page';

/** A fault while a page was made: a number to quote, and what to do. Its message never reaches the browser. */
export default function ErrorPage({
  error,
  reset,
}: {
  error: Error & { digest?: string };
  reset: () => void;
}) {
  return (
    <EndPage title="这一页没有打开" number={error.digest} onRetry={reset}>
      <p>系统出了差错。已经记下的都还在，积分一分不少。</p>
      <p>请过一会儿再打开；还是不行，请把下面的号码告诉村里。</p>
    </EndPage>
  );
}
