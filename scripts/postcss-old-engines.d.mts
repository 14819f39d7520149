import type { PluginCreator, Root } from 'postcss';

declare const oldEngines: PluginCreator<void>;
export default oldEngines;
export function flattenLayers(root: Root): void;
