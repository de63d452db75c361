import type { Theme } from "./theme.js";

/** Foreground, background, cursor, then the sixteen of the palette. */
const COLORS = {
  dark: "d6dae3 14171f d6dae3 323743 e8636f 7fbf63 dcb765 4a86e0 b97fdc 34a5ad c3c8d2 6b7280 ff8f9a a8dd8c f5d68a 8dc3ff dca6f5 7adade f4f6fa",
  light:
    "24292f fbfcfd 24292f 24292f cf3a45 2a9148 9a6b00 2a6fd6 8f4fd0 168aa3 77808c 57606a d93e4a 2da44e a87500 2f7fe0 9a55dd 1f8ba8 a4acb6",
  xterm:
    "e5e5e5 000000 e5e5e5 000000 cd0000 00cd00 cdcd00 0000ee cd00cd 00cdcd e5e5e5 7f7f7f ff0000 00ff00 ffff00 5c5cff ff00ff 00ffff ffffff",
  dracula:
    "f8f8f2 282a36 f8f8f2 21222c ff5555 50fa7b f1fa8c bd93f9 ff79c6 8be9fd f8f8f2 6272a4 ff6e6e 69ff94 ffffa5 d6acff ff92df a4ffff ffffff",
  nord: "d8dee9 2e3440 d8dee9 3b4252 bf616a a3be8c ebcb8b 81a1c1 b48ead 88c0d0 e5e9f0 4c566a bf616a a3be8c ebcb8b 81a1c1 b48ead 8fbcbb eceff4",
  "solarized-dark":
    "839496 002b36 93a1a1 073642 dc322f 859900 b58900 268bd2 d33682 2aa198 eee8d5 002b36 cb4b16 586e75 657b83 839496 6c71c4 93a1a1 fdf6e3",
  "solarized-light":
    "657b83 fdf6e3 586e75 073642 dc322f 859900 b58900 268bd2 d33682 2aa198 eee8d5 002b36 cb4b16 586e75 657b83 839496 6c71c4 93a1a1 fdf6e3",
  "gruvbox-dark":
    "ebdbb2 282828 ebdbb2 282828 cc241d 98971a d79921 458588 b16286 689d6a a89984 928374 fb4934 b8bb26 fabd2f 83a598 d3869b 8ec07c ebdbb2",
  "gruvbox-light":
    "3c3836 fbf1c7 3c3836 fbf1c7 cc241d 98971a d79921 458588 b16286 689d6a 7c6f64 928374 9d0006 79740e b57614 076678 8f3f71 427b58 3c3836",
  "one-dark":
    "abb2bf 282c34 abb2bf 282c34 e06c75 98c379 e5c07b 61afef c678dd 56b6c2 abb2bf 5c6370 e06c75 98c379 e5c07b 61afef c678dd 56b6c2 ffffff",
  monokai:
    "f8f8f2 272822 f8f8f2 272822 f92672 a6e22e f4bf75 66d9ef ae81ff a1efe4 f8f8f2 75715e f92672 a6e22e f4bf75 66d9ef ae81ff a1efe4 f9f8f5",
  "tokyo-night":
    "c0caf5 1a1b26 c0caf5 15161e f7768e 9ece6a e0af68 7aa2f7 bb9af7 7dcfff a9b1d6 414868 f7768e 9ece6a e0af68 7aa2f7 bb9af7 7dcfff c0caf5",
  "github-dark":
    "e6edf3 0d1117 2f81f7 484f58 ff7b72 3fb950 d29922 58a6ff bc8cff 39c5cf b1bac4 6e7681 ffa198 56d364 e3b341 79c0ff d2a8ff 56d4dd ffffff",
  "github-light":
    "1f2328 ffffff 0969da 24292f cf222e 116329 4d2d00 0969da 8250df 1b7c83 6e7781 57606a a40e26 1a7f37 633c01 218bff a475f9 3192aa 8c959f",
};

/** A theme that comes along. */
export type ThemeName = keyof typeof COLORS;

/** The names of the themes that come along. */
export const THEME_NAMES = Object.keys(COLORS) as ThemeName[];

/** A theme by its name. */
export function namedTheme(name: ThemeName): Theme {
  const [foreground = 0, background = 0, cursor = 0, ...palette] = COLORS[name]
    .split(" ")
    .map((hex) => Number.parseInt(hex, 16));
  return { foreground, background, cursor, palette };
}
