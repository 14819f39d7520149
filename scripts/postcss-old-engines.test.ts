import { readFileSync } from 'node:fs';
import tailwind from '@tailwindcss/postcss';
import postcss, { type Plugin } from 'postcss';
import { describe, expect, test } from 'vitest';
import oldEngines, { flattenLayers } from './postcss-old-engines.mjs';

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
    // Two copies of postcss's types lie in node_modules; at run time there is one protocol.
    const plugins = [tailwind(), oldEngines()] as unknown as Plugin[];
    const { css } = await postcss(plugins).process(readFileSync(file, 'utf8'), {
      from: file,
    });
    expect(css).toContain('.btn-primary');
    const modern = css.match(/@layer|@container|oklch|oklab|color-mix|@media[^{]*[<>]|&|:has\(|\bdvh\b/g);
    expect(modern).toBeNull();
    // The order of the cascade: what a page says by a utility wins over a part's own look.
    expect(css.indexOf('.btn-primary')).toBeGreaterThan(css.indexOf('box-sizing'));
    expect(css.lastIndexOf('.text-soft')).toBeGreaterThan(css.indexOf('.btn-primary'));
  }, 60_000);
});
