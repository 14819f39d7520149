import { LinkButton } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/message';

/** A list that has ended, one that is not for the reader and one that never was are answered alike. */
export default function ListGone() {
  return (
    <EmptyState
      title="这张榜已不再公布"
      action={
        <LinkButton kind="outline" href="/">
          回到首页
        </LinkButton>
      }
    >
      榜到期、撤回以后就看不到了；没有这张榜，或者不是给您看的，也是这样回答。
    </EmptyState>
  );
}
