import { Line, Lines } from '@/components/ui/lines';
import { Section } from '@/components/ui/page-head';
import { StatusText } from '@/components/ui/status-text';
import type { EditionView } from '@/lib/lists/documents/types';
import { sayMoment } from '@/lib/lists/rules';

/** What was published of a list when, and why it was changed; nothing while the first edition is being made. */
export function Editions({ editions }: { editions: EditionView[] }) {
  if (editions.length === 0) return null;
  return (
    <Section title="公布过的版本" id="editions">
      <p className="list-note">贴出来的榜和群里的图片都印着凭证号，和这里对一对，就知道是不是最新的。</p>
      <Lines label="公布过的版本">
        {editions.map((one) => (
          <Line
            key={one.edition}
            title={`第 ${one.edition} 版，凭证号 ${one.number}`}
            meta={`${sayMoment(one.madeAt)}做好`}
            state={
              one.retiredAt ? (
                <StatusText state="off">换下了</StatusText>
              ) : (
                <StatusText state="ok">现在的</StatusText>
              )
            }
            note={
              one.retiredAt
                ? [`${sayMoment(one.retiredAt)}换下`, one.retiredWhy].filter(Boolean).join('：')
                : undefined
            }
          />
        ))}
      </Lines>
    </Section>
  );
}
