export { type CellLook, type ColorName, hasLook, isInStyle, TEXT_STYLES } from "./lib/cells/cell-look.js";
export { COLOR_NAMES, colorName, isColorName } from "./lib/cells/color-names.js";
export type { Mask, MaskRectangle } from "./lib/masks/mask.js";
export { maskScreen, maskText } from "./lib/masks/mask-screen.js";
export type { CassetteConfig } from "./lib/masks/parse-config.js";
export { readConfig } from "./lib/masks/read-config.js";
