import { z } from 'zod';
import { id, optionalId, text } from '@/lib/platform/form-shape';

export const putCategoryInput = z.object({
  versionId: id(),
  /** empty: a new one, at the end */
  categoryId: optionalId(),
  name: text(2, 20),
});

export const categoryInput = z.object({ categoryId: id() });

export const moveInput = { to: z.enum(['UP', 'DOWN'], { error: '请选往上还是往下' }) };

export const moveCategoryInput = z.object({ categoryId: id(), ...moveInput });
