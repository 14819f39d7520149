import { readFileSync } from 'node:fs';
import tailwind from '@tailwindcss/postcss';
import postcss from 'postcss';
import { describe, expect, test } from 'vitest';
import oldEngines, { flattenLayers } from './postcss-old-engines.mjs';

/** Two copies of postcss's types lie in node_modules and exhaust the compiler; at run time there is one protocol. */
const pipeline = postcss as unknown as (plugins: unknown[]) => {
  process(css: string, options: { from: string }): PromiseLike<{ css: string }>;
};

function flattened(css: string): string {
  const root = postcss.parse(css);
  flattenLayers(root);
  return root.toString().replace(/\s+/g, '');
}

describe('layers', () => {
  test('stand in the order they were declared in, wherever their rules were written', () => {
    expect(flattened('@layer a,b; @layer b{.x{color:red}} .u{color:blue} @layer a{.y{color:green}}')).toBe(
      '.y{color:green}.x{color:red}.u{color:blue}',
    );
  });

  test('a layer inside a layer has its parent’s turn', () => {
    expect(flattened('@layer b,c; @layer c{.z{top:0}} @layer b{@layer d{.x{top:0}} .y{top:0}}')).toBe(
      '.x{top:0}.y{top:0}.z{top:0}',
    );
  });
});

describe('the product’s own sheet', () => {
  const file = new URL('../app/globals.css', import.meta.url).pathname;

  test('holds nothing that Chromium 92 drops', async () => {
    const { css } = await pipeline([tailwind() as unknown, oldEngines() as unknown]).process(
      readFileSync(file, 'utf8'),
      {
        from: file,
      },
    );
    expect(css).toContain('.btn-primary');
    const modern = css.match(/@layer|@container|oklch|oklab|color-mix|@media[^{]*[<>]|&|:has\(|\bdvh\b/g);
    expect(modern).toBeNull();
    // The order of the cascade: what a page says by a utility wins over a part's own look.
    expect(css.indexOf('.btn-primary')).toBeGreaterThan(css.indexOf('box-sizing'));
    expect(css.lastIndexOf('.text-soft')).toBeGreaterThan(css.indexOf('.btn-primary'));
  }, 60_000);
});
