import { Line, Lines } from '@/components/ui/lines';
import { DOCUMENT_FILES } from '@/lib/lists/types';

type DocumentKind = keyof typeof DOCUMENT_FILES;

const WORDS: Record<DocumentKind, [title: string, note: string]> = {
  PNG: ['发到群里的图片', '长按保存，转到村民群'],
  POSTER_A3: ['A3 榜，贴在路口', '打开就能打印'],
  POSTER_A4: ['A4 榜，贴在公示栏', '打开就能打印'],
  PDF_A3: ['A3 榜，PDF', '送到打印店'],
  PDF_A4: ['A4 榜，PDF', '送到打印店'],
  HTML: ['存档网页', '不带脚本，离线也能看'],
};
const ORDER: readonly DocumentKind[] = ['PNG', 'POSTER_A3', 'POSTER_A4', 'PDF_A3', 'PDF_A4', 'HTML'];

/** The published files of a list, as far as they are out. */
export function DocumentLinks({ base, kinds }: { base: string; kinds: ReadonlySet<DocumentKind> }) {
  const out = ORDER.filter((kind) => kinds.has(kind));
  if (out.length === 0) return <p className="soft">图片和榜还在做，过一两分钟再来看。</p>;
  return (
    <Lines label="图片和打印">
      {out.map((kind) => (
        <Line
          key={kind}
          href={`${base}/${DOCUMENT_FILES[kind]}`}
          title={WORDS[kind][0]}
          meta={WORDS[kind][1]}
        />
      ))}
    </Lines>
  );
}
