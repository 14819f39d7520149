import 'server-only';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { db } from '@/lib/platform/db';
import { findVillageByCode } from '@/lib/regions/reads';
import type { VillageView } from '@/lib/regions/types';

const CODE = /^[a-z][a-z0-9-]{1,31}$/;

const find = cache((code: string) => (CODE.test(code) ? findVillageByCode(db(), code) : null));

/** The village of a public address, read once a request; not found when there is none. */
export async function villageOf(params: Promise<{ village: string }>): Promise<VillageView> {
  const village = await find((await params).village);
  if (!village) notFound();
  return village;
}

/** The same for route files, which answer themselves. */
export async function findVillageOf(params: Promise<{ village: string }>): Promise<VillageView | null> {
  return find((await params).village);
}

export type Query = Promise<Record<string, string | string[] | undefined>>;

/** One part of an address's query; of several the first. */
export async function queryOf(query: Query, name: string): Promise<string | undefined> {
  const value = (await query)[name];
  return Array.isArray(value) ? value[0] : value;
}
