import { z } from 'zod';

// Shapes of a rulebook that comes from outside the program: the catalogue's file, and later a village's draft.

const itemCode = z.string().regex(/^[A-Z][A-Z_]{1,19}-\d{2}$/, '项目编号要像 HOME-01');

export const catalogueItem = z.object({
  code: itemCode,
  name: z.string().min(2).max(60),
  /** negative for a deduction, never zero */
  points: z.int().refine((points) => points !== 0 && Math.abs(points) <= 1000, '分值不能是 0，也不能太大'),
  unit: z.enum(['TIME', 'HOUR', 'WEEK', 'MONTH', 'SEASON', 'YEAR', 'PLACE', 'CASE', 'HONOUR', 'PERSON_TIME']),
  unitName: z.string().min(1).max(6),
  subject: z.enum(['HOUSEHOLD', 'PERSON']),
  cap: z.object({ points: z.int().min(1).max(10_000), per: z.enum(['MONTH', 'QUARTER', 'YEAR']) }),
  evidence: z.string().min(1).max(100),
  photo: z.enum(['REQUIRED', 'OPTIONAL', 'NONE']),
  metric: z.object({ name: z.string().min(1).max(20), unit: z.string().min(1).max(6) }).nullable(),
  warnFirst: z.boolean().optional(),
  restoredWhenRepaired: z.boolean().optional(),
  scale: z
    .array(z.object({ name: z.string().min(1).max(20), points: z.int().min(1).max(1000) }))
    .min(2)
    .optional(),
});

export const catalogueShape = z.object({
  title: z.string().min(1).max(60),
  categories: z
    .array(
      z.object({
        order: z.int().min(1),
        code: z.string().regex(/^[A-Z][A-Z_]{1,19}$/),
        name: z.string().min(1).max(20),
        items: z.array(catalogueItem).min(1),
      }),
    )
    .min(1),
});

export type Catalogue = z.output<typeof catalogueShape>;
export type CatalogueItem = z.output<typeof catalogueItem>;
