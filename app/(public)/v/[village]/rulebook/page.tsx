import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { ItemEntry } from '@/components/rulebook/item-entry';
import { ResolutionFacts, sayFullDay } from '@/components/rulebook/resolution-facts';
import { VillageSettings } from '@/components/rulebook/village-settings';
import { EmptyState } from '@/components/ui/message';
import { Section } from '@/components/ui/page-head';
import { PrintButton } from '@/components/ui/print-button';
import { SearchField } from '@/components/ui/search-field';
import { dayOf, now } from '@/lib/platform/clock';
import { db } from '@/lib/platform/db';
import { findHeard } from '@/lib/rulebook/ballot/reads';
import { findRulebook, listVersions } from '@/lib/rulebook/reads';
import { sayMeeting, searchItems } from '@/lib/rulebook/rules';
import { type Query, queryOf, villageOf } from '../village';

interface Props {
  params: Promise<{ village: string }>;
  searchParams: Query;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const village = await villageOf(params);
  return { title: `${village.name}积分细则` };
}

/** The rulebook in force, or an earlier version by number; searchable, printable. Eight queries. */
export default async function Rulebook({ params, searchParams }: Props) {
  const village = await villageOf(params);
  const asked = await queryOf(searchParams, 'version');
  if (asked !== undefined && !/^\d{1,4}$/.test(asked)) notFound();
  const typed = ((await queryOf(searchParams, 'q')) ?? '').slice(0, 40);
  const today = dayOf(now());
  const [rulebook, versions, heard] = await Promise.all([
    findRulebook(db(), village.id, asked ? { number: Number(asked) } : { day: today }),
    listVersions(db(), village.id),
    findHeard(db(), village.id),
  ]);
  const base = `/v/${village.code}/rulebook`;
  if (!rulebook && asked) notFound();
  if (!rulebook) {
    return (
      <EmptyState
        title="还没有细则"
        action={heard ? <a href={`${base}/draft`}>有一份草案正在听取意见，去看看</a> : null}
      >
        细则由村民会议商定，通过以后写在这里。
      </EmptyState>
    );
  }

  const { version, resolution, categories, covenant } = rulebook;
  const items = categories.flatMap((category) =>
    category.items.map((item) => ({ ...item, category: category.name })),
  );
  const found = typed.trim() ? searchItems(items, typed) : null;
  const others = versions.filter((one) => one.number !== version.number);
  const comes = version.effectiveFrom !== null && version.effectiveFrom > today;
  const ended = version.effectiveUntil !== null && version.effectiveUntil < today;

  return (
    <>
      <header className="sheet-head">
        <div className="sheet-title">
          <h1>{version.title}</h1>
          <PrintButton />
        </div>
        <p>
          {village.name} · 第 {version.number} 版
          {version.effectiveFrom ? ` · ${sayFullDay(version.effectiveFrom)}起施行` : ''}
          {ended && version.effectiveUntil ? `，${sayFullDay(version.effectiveUntil)}止` : ''}
        </p>
        <p>
          {categories.length} 类 {items.length} 项
          {resolution ? `，${sayFullDay(resolution.heldOn)}${sayMeeting(resolution.meetingKind)}通过` : ''}
        </p>
      </header>
      {ended ? (
        <p className="list-note no-print">
          这是以前的版本，只管当时做的事。<a href={base}>看现在的版本</a>
        </p>
      ) : null}
      {comes ? (
        <p className="list-note no-print">
          这一版已经通过，还没有施行；到那天以前照旧。<a href={base}>看现在的版本</a>
        </p>
      ) : null}
      {heard && !asked ? (
        <p className="list-note no-print">
          第 {heard.number} 版草案正在{heard.hasBallot ? '表决' : '听取意见'}。
          <a href={`${base}/draft`}>看草案</a>
        </p>
      ) : null}
      <SearchField
        action={base}
        label="找项目"
        value={typed}
        placeholder="找项目：打扫、dasao、ds"
        keep={{ version: asked }}
      />
      {found ? (
        <Section title={`找到 ${found.length} 项`} id="found">
          {found.length === 0 ? (
            <EmptyState title={`没有找到“${typed}”`}>换个说法，或者用拼音、拼音首字母。</EmptyState>
          ) : (
            <ul className="rules">
              {found.map((item) => (
                <ItemEntry key={item.id} item={item} />
              ))}
            </ul>
          )}
          <p className="more">
            <a href={asked ? `${base}?version=${asked}` : base}>看全部 {items.length} 项</a>
          </p>
        </Section>
      ) : (
        <>
          <nav aria-label="类别" className="no-print">
            <ol className="rule-index">
              {categories.map((category, index) => (
                <li key={category.id}>
                  <a href={`#${category.code}`}>
                    <span>{index + 1}</span>
                    {category.name}
                  </a>
                </li>
              ))}
            </ol>
          </nav>
          {categories.map((category, index) => (
            <section
              className="rule-category"
              id={category.code}
              key={category.id}
              aria-labelledby={`${category.code}-t`}
            >
              <h2 id={`${category.code}-t`}>
                <span>{index + 1}</span>
                {category.name}
              </h2>
              <ul className="rules">
                {category.items.map((item) => (
                  <ItemEntry key={item.id} item={item} />
                ))}
              </ul>
            </section>
          ))}
        </>
      )}
      <Section title="本村的规定" id="settings">
        <VillageSettings version={version} />
      </Section>
      {resolution ? (
        <Section title="决议" id="resolution">
          <div className="print-whole">
            <ResolutionFacts resolution={resolution} />
          </div>
        </Section>
      ) : null}
      {covenant ? (
        <section className="section covenant print-page" id="covenant" aria-labelledby="covenant-title">
          <h2 id="covenant-title">{village.name}村规民约</h2>
          {covenant.split('\n').map((line) => (
            <p key={line}>{line}</p>
          ))}
        </section>
      ) : null}
      {others.length > 0 ? (
        <Section title="其他版本" id="versions">
          <ul className="lines no-print">
            {others.map((one) => (
              <li key={one.id}>
                <a className="line" href={`${base}?version=${one.number}`}>
                  <span className="line-title">第 {one.number} 版</span>
                  <small className="line-meta">
                    {one.effectiveFrom ? `${sayFullDay(one.effectiveFrom)}起` : ''}
                    {one.effectiveUntil ? `，${sayFullDay(one.effectiveUntil)}止` : ''}
                  </small>
                </a>
              </li>
            ))}
          </ul>
        </Section>
      ) : null}
      <footer className="sheet-foot">
        <p>每一笔积分都按做事那天的版本记，新版本不追溯。</p>
        <div className="sign-lines">
          <span>村民委员会（章）</span>
          <span>村务监督委员会</span>
          <span>日期</span>
        </div>
      </footer>
    </>
  );
}
