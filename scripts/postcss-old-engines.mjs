import { transform } from 'lightningcss';

/**
 * Makes Tailwind's sheet readable to the engines villagers have: WeChat and phones of 2019–2021 carry Chromium 86–98,
 * which drop everything inside `@layer` and don't know nesting or `@media (width >= 40rem)`.
 *
 * Three steps: the layers are taken apart and put one after another in the order they were declared in (later rules
 * then win by position; no rule of ours wins by being unlayered); blocks that only serve engines with `color-mix` are
 * dropped; lightningcss writes the rest for Chrome 86.
 */
const TARGETS = { chrome: 86 << 16, safari: 14 << 16, firefox: 90 << 16 };

/** @type {import('postcss').PluginCreator<void>} */
export default function oldEngines() {
  return {
    postcssPlugin: 'old-engines',
    OnceExit(root, { postcss, result }) {
      flattenLayers(root);
      dropColorMix(root);
      const from = result.opts.from ?? 'sheet.css';
      const lowered = transform({
        filename: from,
        code: Buffer.from(root.toString()),
        targets: TARGETS,
        errorRecovery: true,
      });
      const sheet = postcss.parse(lowered.code.toString(), { from });
      // Lowering may have put a rule twice, once for engines that can: they would bring back what was taken out.
      dropColorMix(sheet);
      root.removeAll();
      root.append(sheet.nodes);
    },
  };
}
oldEngines.postcss = true;

/** Puts the contents of each layer where its turn is; what is in no layer comes last, as the cascade has it. */
export function flattenLayers(root) {
  const order = [];
  const contents = new Map();
  const layer = (name) => {
    if (!contents.has(name)) {
      order.push(name);
      contents.set(name, []);
    }
    return contents.get(name);
  };
  // Innermost first: a layer inside a layer ends up within its parent's turn.
  const layers = [];
  root.walkAtRules('layer', (rule) => {
    layers.push(rule);
  });
  for (const rule of layers) {
    if (!rule.nodes) {
      for (const name of rule.params.split(',')) layer(name.trim());
      rule.remove();
    }
  }
  for (const rule of layers.filter((one) => one.nodes && one.parent === root)) {
    const inner = [];
    rule.walkAtRules('layer', (nested) => {
      inner.push(nested);
    });
    for (const nested of inner) nested.replaceWith(nested.nodes ?? []);
    layer(rule.params.trim()).push(...rule.nodes);
    rule.remove();
  }
  const unlayered = root.nodes.filter(
    (node) => node.type !== 'atrule' || !['charset', 'import'].includes(node.name),
  );
  for (const node of unlayered) node.remove();
  for (const name of order) root.append(contents.get(name));
  root.append(unlayered);
}

/** Tailwind writes a plain colour first and a mixed one in `@supports`: the plain one is the one we want. */
function dropColorMix(root) {
  root.walkAtRules('supports', (rule) => {
    if (/color-mix|lab\(|oklch|display-p3/.test(rule.params)) rule.remove();
  });
}
