import { EndPage } from '@/components/frame/end-page';

/** Not there, or not yours: the same words, so that nobody can tell which. */
export default function NotFound() {
  return (
    <EndPage title="没有找到">
      <p>可能地址不对，也可能这一页不归您看。什么都没有改动。</p>
    </EndPage>
  );
}
