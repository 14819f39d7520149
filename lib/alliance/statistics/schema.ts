import { z } from 'zod';
import { day, whole } from '@/lib/platform/form-shape';

/** more sales than any shop of a village has in a day */
export const OTHER_SALES_MOST = 100_000;

export const countOtherSalesInput = z.object({ day: day(), otherSales: whole(0, OTHER_SALES_MOST) });
