import { DARK, LIGHT, type Palette } from "./palette.js";

const properties = (palette: Palette): string =>
  Object.entries(palette)
    .map(([name, colour]) => `--${name}:${String(colour)}`)
    .join(";");

/** The one stylesheet of the kit's pages. */
export const STYLE = `
:root{color-scheme:light dark;${properties(LIGHT)}}
@media (prefers-color-scheme:dark){:root{${properties(DARK)}}}
*,*::before,*::after{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0;min-height:100vh;min-height:100dvh;display:flex;align-items:center;justify-content:center;
padding:1rem;background:var(--ground);color:var(--text);
font:1rem/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue","Noto Sans",Arial,sans-serif}
:lang(zh){font-family:system-ui,-apple-system,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC","Noto Sans SC",sans-serif}
:lang(ko){font-family:system-ui,-apple-system,"Apple SD Gothic Neo","Malgun Gothic","Noto Sans CJK KR","Noto Sans KR",sans-serif;
word-break:keep-all}
[hidden]{display:none!important}
main{width:100%;max-width:28rem;padding:2rem 1.5rem;background:var(--card);border:1px solid var(--edge);
border-radius:1rem;text-align:center;overflow-wrap:anywhere}
h1{margin:1.25rem 0 .5rem;font-size:1.375rem;line-height:1.3;font-weight:650;text-wrap:balance}
p{margin:0;text-wrap:pretty}
.lead{color:var(--quiet)}
.why,.lead{text-wrap:balance}
.why+.lead{margin-top:.5rem}
.icon{display:flex;align-items:center;justify-content:center;width:4rem;height:4rem;margin:0 auto;border-radius:50%;
background:var(--calmTint);color:var(--accent)}
.icon svg{width:2rem;height:2rem;fill:none;stroke:currentColor;stroke-width:2;stroke-linecap:round;stroke-linejoin:round}
.icon.good{background:var(--goodTint);color:var(--good)}
.icon.bad{background:var(--badTint);color:var(--bad)}
.icon.turning svg{animation:turn 1.1s linear infinite}
.icon.turning circle{opacity:.25}
@keyframes turn{to{transform:rotate(1turn)}}
dl{margin:1.5rem 0 0;padding:.25rem 1rem;border:1px solid var(--edge);border-radius:.75rem;text-align:start}
dl div{display:flex;flex-wrap:wrap;justify-content:space-between;gap:0 1rem;padding:.625rem 0}
dl div+div{border-top:1px solid var(--edge)}
dt{color:var(--quiet)}
dd{margin:0;font-weight:600;font-variant-numeric:tabular-nums}
.actions{display:grid;gap:.75rem;margin-top:1.5rem}
.actions form{display:grid;margin:0}
.button{display:block;width:100%;padding:.75rem 1rem;border:1px solid transparent;border-radius:.625rem;
background:var(--accent);color:var(--onAccent);font:inherit;font-weight:600;line-height:1.4;text-align:center;text-decoration:none;cursor:pointer}
.button:hover{background:var(--accentHover)}
.button.second{background:transparent;border-color:var(--outline);color:var(--accent)}
.button.second:hover{border-color:var(--accent);background:var(--calmTint)}
.button:disabled{cursor:progress;opacity:.6}
:focus-visible{outline:3px solid var(--accent);outline-offset:3px}
.fields{margin:1rem 0 0;padding:.75rem 1rem .75rem 2rem;border-radius:.625rem;background:var(--badTint);text-align:start}
.said:not(:empty){margin-top:1rem;padding:.75rem 1rem;border-radius:.625rem;background:var(--calmTint);text-align:start}
@media (min-width:40rem){main{padding:2.75rem 2.5rem 2.5rem}h1{font-size:1.5rem}}
@media (prefers-reduced-motion:reduce){.icon.turning svg{animation:none}}
@media (forced-colors:active){.icon{border:1px solid}}
`.trim();
