import { LinkButton } from '@/components/ui/button';

/** Takes a statement home: on paper, or as a table. */
export function StatementFiles({ base }: { base: string }) {
  return (
    <div className="acts">
      <LinkButton href={`${base}/print`}>打印</LinkButton>
      <LinkButton href={`${base}/file?as=xlsx`} download>
        下载 Excel 表
      </LinkButton>
      <LinkButton kind="quiet" href={`${base}/file?as=csv`} download>
        下载 CSV
      </LinkButton>
    </div>
  );
}
