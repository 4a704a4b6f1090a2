import { DARK, LIGHT, type Palette } from "../palette.js";

const properties = (palette: Palette): string =>
  Object.entries(palette)
    .map(([name, colour]) => `--${name}:${String(colour)}`)
    .join(";");

/** The one stylesheet of the back office. */
export const STAFF_STYLE = `
:root{color-scheme:light dark;${properties(LIGHT)}}
@media (prefers-color-scheme:dark){:root{${properties(DARK)}}}
*,*::before,*::after{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0;background:var(--ground);color:var(--text);
font:1rem/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue","Noto Sans",Arial,sans-serif}
header,main,footer{max-width:76rem;margin:0 auto;padding:0 1rem}
header{display:flex;flex-wrap:wrap;align-items:center;justify-content:space-between;gap:0 1rem;border-bottom:1px solid var(--edge)}
nav{display:flex;gap:.25rem}
nav a{padding:.75rem .625rem;min-height:44px;color:var(--text);text-decoration:none;border-bottom:3px solid transparent}
nav a[aria-current]{border-color:var(--accent);font-weight:650}
nav a:hover{color:var(--accent)}
.who,.quiet,footer,.hint{color:var(--quiet)}
.who{margin:0;font-size:.875rem}
.hint{font-size:.875rem;margin:.25rem 0 0}
footer{padding:1.5rem 1rem 2rem;font-size:.875rem}
main{padding-bottom:1rem;outline:none}
.skip{position:absolute;left:-100vw;padding:.75rem 1rem;background:var(--card)}
.skip:focus{left:0;z-index:1}
h1{margin:1.25rem 0 .75rem;font-size:1.5rem;line-height:1.25;font-weight:650;text-wrap:balance;overflow-wrap:anywhere}
h2{margin:0 0 .75rem;font-size:1.125rem;line-height:1.3;font-weight:650}
h3{margin:1rem 0 .25rem;font-size:1rem;font-weight:650}
p{margin:0 0 .75rem;text-wrap:pretty}
a{color:var(--accent);text-underline-offset:.15em}
a:hover{color:var(--accentHover)}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px;border-radius:.25rem}
code,.id{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;font-size:.8125rem;overflow-wrap:anywhere}
section,.card{margin:0 0 1rem;padding:1rem;background:var(--card);border:1px solid var(--edge);border-radius:.75rem}
.columns{display:grid;gap:1rem;margin:0 0 1rem}
.columns>*{margin:0;min-width:0}
@media (min-width:48rem){.ranks td:last-child{width:55%}}
@media (min-width:56rem){.columns{grid-template-columns:1fr 1fr}}
dl{margin:0}
dl div{display:flex;flex-wrap:wrap;justify-content:space-between;gap:0 1rem;padding:.4375rem 0}
dl div+div{border-top:1px solid var(--edge)}
dt{color:var(--quiet)}
dd{margin:0;font-weight:550;font-variant-numeric:tabular-nums;overflow-wrap:anywhere;min-width:0}
dd.long{flex-basis:100%;font-weight:400}
.badge{display:inline-block;padding:.0625rem .5rem;border-radius:1rem;border:1px solid currentColor;font-size:.8125rem;font-weight:600;white-space:nowrap}
.badge.good{background:var(--goodTint);color:var(--good)}
.badge.bad{background:var(--badTint);color:var(--bad)}
.badge.calm{background:var(--calmTint);color:var(--accent)}
.badge.over{color:var(--quiet)}
.notice{margin:0 0 1rem;padding:.875rem 1rem;border-radius:.75rem;border:1px solid var(--edge);border-left:.375rem solid var(--accent);background:var(--calmTint)}
.notice.good{border-left-color:var(--good);background:var(--goodTint)}
.notice.bad{border-left-color:var(--bad);background:var(--badTint)}
.notice>:last-child{margin-bottom:0}
.notice h2{margin-bottom:.25rem}
.button,button{display:inline-block;min-height:44px;padding:.5625rem 1.125rem;border:1px solid transparent;border-radius:.5rem;background:var(--accent);
color:var(--onAccent);font:inherit;font-weight:600;line-height:1.4;text-decoration:none;text-align:center;cursor:pointer}
.button:hover,button:hover{background:var(--accentHover);color:var(--onAccent)}
.second.button,button.second{background:transparent;border-color:var(--outline);color:var(--accent)}
.second.button:hover,button.second:hover{background:var(--calmTint);border-color:var(--accent);color:var(--accent)}
input,select{min-height:44px;width:100%;padding:.5rem .625rem;border:1px solid var(--outline);border-radius:.5rem;background:var(--card);color:var(--text);font:inherit}
label{display:block;font-weight:550;font-size:.875rem;margin-bottom:.25rem}
.buttons{display:flex;flex-wrap:wrap;gap:.75rem;align-items:center;margin-top:1rem}
.buttons form{margin:0}
.search{display:flex;gap:.5rem}
.search input{flex:1;min-width:0}
summary{padding:.625rem 0;min-height:44px;cursor:pointer;color:var(--accent);width:fit-content}
.filters{display:grid;gap:.75rem 1rem;grid-template-columns:repeat(auto-fill,minmax(11rem,1fr))}
.tiles{display:grid;gap:.75rem;grid-template-columns:repeat(auto-fill,minmax(9.5rem,1fr));list-style:none;margin:0 0 1rem;padding:0}
.tiles a,.tiles div{display:block;height:100%;padding:.625rem .875rem;border:1px solid var(--edge);border-radius:.75rem;background:var(--card);color:inherit;text-decoration:none}
.tiles a{border-color:var(--bad);background:var(--badTint)}
.tiles a:hover{border-color:var(--accent);color:inherit}
.tiles b{display:block;font-size:1.5rem;line-height:1.2;font-weight:650;font-variant-numeric:tabular-nums}
.tiles .trouble{border-color:var(--bad);background:var(--badTint)}
.tiles .trouble b{color:var(--bad)!important}
.tiles a b{color:var(--bad)}
.tiles .none b{color:var(--quiet)}
table{width:100%;border-collapse:collapse;font-variant-numeric:tabular-nums}
caption{text-align:start;color:var(--quiet);font-size:.875rem;padding-bottom:.25rem}
th{text-align:start;font-size:.8125rem;font-weight:600;color:var(--quiet);padding:.5rem .75rem .5rem 0;border-bottom:1px solid var(--edge);vertical-align:bottom}
td{padding:.5625rem .75rem .5625rem 0;border-bottom:1px solid var(--edge);vertical-align:top;overflow-wrap:break-word}
th:last-child,td:last-child{padding-right:0}
.figure{text-align:end;white-space:nowrap}
td time{white-space:nowrap}
tr:last-child td{border-bottom:0}
td p,td form{margin:.25rem 0 0}
@media (max-width:47.99rem){
table,caption,tbody,tr,td{display:block}
thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
tr{padding:.5rem 0;border-bottom:1px solid var(--outline)}
tr:last-child{border-bottom:0}
td,td.figure{display:flex;justify-content:space-between;gap:1rem;padding:.25rem 0;border:0;text-align:start;white-space:normal}
td::before{content:attr(data-name);color:var(--quiet);flex:0 0 auto}
td>div{text-align:end;min-width:0;overflow-wrap:anywhere}
.ranks tr{display:grid;grid-template-columns:1fr auto}
.ranks th{border:0;padding:.25rem 0}
.ranks td:last-child{grid-column:1/-1;display:block}
.ranks th{border:0!important}
.ranks td>div,.ranks .hint{text-align:start}
.ranks td::before{content:none}
td:not(:has(>div>*)):has(>div:empty){display:none}
}
.tiles a.plain{border-color:var(--edge);background:var(--card)}
.tiles a.plain b{color:var(--text)}
svg.rank{width:100%;height:.625rem;border-radius:.25rem}
.ranks th{vertical-align:top;padding-top:.625rem;border-bottom:1px solid var(--edge)}
.ranks tr:last-child th{border-bottom:0}
.moves{display:grid;gap:1rem;grid-template-columns:repeat(auto-fill,minmax(min(17rem,100%),1fr))}
.moves>div{padding:.875rem;border:1px solid var(--edge);border-radius:.625rem}
.moves h3{margin-top:0}
.moves .hint{margin:0 0 .625rem}
td button{white-space:nowrap}
td .id{white-space:nowrap}
.notice form{margin-top:.75rem}
.pages+table,.pages+p{margin-top:1rem}
.moves form>div{margin-bottom:.625rem}
.typed{display:flex;align-items:center;gap:.5rem}
.typed span{font-weight:600}
.pages{display:flex;gap:.75rem;flex-wrap:wrap}
table+.pages{margin-top:1rem}
svg{display:block;max-width:100%;height:auto}
svg.wide{width:100%}
svg text{font-family:inherit;fill:var(--text)}
svg.bar{width:100%;height:1.25rem;border-radius:.375rem;overflow:hidden;margin-bottom:.75rem;background:var(--edge)}
.s-good{fill:var(--good)}.s-bad{fill:var(--bad)}.s-calm{fill:var(--accent)}.s-over{fill:var(--outline)}.s-edge{fill:var(--edge)}
.l-good{stroke:var(--good)}.l-bad{stroke:var(--bad)}.l-calm{stroke:var(--accent)}.l-over{stroke:var(--outline)}.l-edge{stroke:var(--edge)}
.card-fill{fill:var(--card)}
.t-quiet{fill:var(--quiet)!important}.t-bad{fill:var(--bad)!important}.t-good{fill:var(--good)!important}.t-calm{fill:var(--accent)!important}.t-over{fill:var(--quiet)!important}
.key{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;list-style:none;margin:0 0 .75rem;padding:0;font-size:.875rem}
.key svg{display:inline-block;vertical-align:-.0625rem;width:.75rem;height:.75rem;margin-right:.375rem}
.narrow{display:none}
@media (max-width:47.99rem){.narrow{display:block}.wide{display:none}main{padding:0 .75rem 1rem}section,.card{padding:.875rem}h1{font-size:1.3125rem}}
li{overflow-wrap:anywhere}
ol.steps{margin:0;padding-left:1.25rem}
ol.steps li{padding:.25rem 0}
progress{width:100%;height:1rem;accent-color:var(--accent)}
@media (forced-colors:active){.tiles a{border-width:2px}.s-good,.s-bad,.s-calm{fill:CanvasText}}
@media print{header,form,.buttons,.skip,.moves{display:none}}
`.trim();
