/// The looks of HTML reports: light and dark by the reader's choice, and paper.
enum HTMLStyle {
    static let text: StaticString = """
        :root{color-scheme:light dark;
        --bg:#fff;--fg:#1f2328;--dim:#59636e;--line:#d1d9e0;--soft:#f6f8fa;--link:#0550ae;
        --bad:#b3261e;--bad-bg:#fdf0ee;--warn:#875500;--warn-bg:#fdf6e3;--hint:#59636e;
        --k0:#57606a;--k1:#1f6fbf;--k2:#c2560c;--k3:#11795c;--k4:#8a3f9e;--k5:#8c959f;
        --p0:#8fb8de;--p1:#11795c;--p2:#b7c9e8;--p3:#1f6fbf;--p4:#6f9fd8;--p5:#c2560c;--p6:#8a3f9e;--p7:#a07f2c;--p8:#c8ced4;--p9:#d98fa3;
        --mono:ui-monospace,"DejaVu Sans Mono",Menlo,Consolas,monospace}
        @media screen and (prefers-color-scheme:dark){:root{
        --bg:#0f1318;--fg:#e4e8ec;--dim:#9aa4ae;--line:#333b44;--soft:#181d23;--link:#7ab8ff;
        --bad:#ff8f85;--bad-bg:#2c1816;--warn:#e6b450;--warn-bg:#2a2212;--hint:#9aa4ae;
        --k0:#aab4be;--k1:#5aa9f0;--k2:#f0904a;--k3:#3fbf98;--k4:#cf8fe0;--k5:#76818c;
        --p0:#4a6f94;--p1:#3fbf98;--p2:#33485f;--p3:#5aa9f0;--p4:#4583bd;--p5:#f0904a;--p6:#cf8fe0;--p7:#d2b25a;--p8:#48515b;--p9:#a85a72}}
        *{box-sizing:border-box}
        body{margin:0;background:var(--bg);color:var(--fg);font:15px/1.5 system-ui,"DejaVu Sans",sans-serif}
        main,footer{max-width:1120px;margin:0 auto;padding:0 20px}
        footer{color:var(--dim);font-size:0.867em;border-top:1px solid var(--line);margin-top:40px;padding-bottom:30px}
        footer h2{color:var(--fg)}
        .trace+.trace{border-top:3px solid var(--line);margin-top:48px}
        h1{font-size:1.733em;line-height:1.25;margin:28px 0 14px;overflow-wrap:anywhere}
        h2{font-size:1.267em;margin:34px 0 10px}
        h3{font-size:1em;margin:0 0 8px;overflow-wrap:anywhere}
        small{font-weight:400;color:var(--dim);font-size:0.867em}
        h2 small{margin-left:6px;font-size:.69em}
        a{color:var(--link);text-decoration:none}
        a:hover,a:focus{text-decoration:underline}
        code,pre,.mono{font-family:var(--mono);font-size:0.867em}
        code{overflow-wrap:anywhere}
        p{margin:0 0 8px}
        .dim,.more{color:var(--dim)}
        .more{font-size:0.867em}
        .bad{color:var(--bad)}
        dl{display:grid;grid-template-columns:repeat(auto-fill,minmax(17em,1fr));gap:8px 20px;margin:0 0 12px}
        dt{color:var(--dim);font-size:0.833em}
        dd{margin:0;overflow-wrap:anywhere}
        dd code{font-size:0.833em}
        table+p,.wide+p{margin-top:8px}
        .redacted{font-family:var(--mono);font-size:.92em;padding:0 4px;border:1px dashed var(--dim);border-radius:4px;background:var(--soft);color:var(--fg)}
        .finding{border:1px solid var(--line);border-left:5px solid var(--hint);border-radius:6px;padding:10px 14px;margin:0 0 10px;overflow-wrap:anywhere}
        .finding.error{border-left-color:var(--bad);background:var(--bad-bg)}
        .finding.warning{border-left-color:var(--warn);background:var(--warn-bg)}
        .finding.error .tag{color:var(--bad)}
        .finding.warning .tag{color:var(--warn)}
        .finding .tag{font-weight:600;margin-bottom:4px}
        .finding .tag code,.finding .tag .dim{font-weight:400;color:var(--dim)}
        .sure{border:1px solid currentColor;border-radius:10px;padding:0 8px;font-size:0.8em;font-weight:400;margin:0 6px}
        .finding ul{margin:4px 0 0;padding-left:18px;font-size:0.933em}
        .finding q{font-family:var(--mono);font-size:0.867em;quotes:none}
        .finding li b{font-weight:500;color:var(--dim)}
        .key{font-size:0.867em;color:var(--dim);margin:0 0 6px}
        .key span{white-space:nowrap}
        .key svg{width:10px;height:10px;margin-left:8px}
        .key span:first-child svg{margin-left:0}
        .wide{overflow-x:auto}
        svg.waterfall,svg.arrivals{display:block;width:100%;min-width:760px}
        svg text{font-family:var(--mono);font-size:12px;fill:var(--fg)}
        svg a text{fill:var(--link)}
        svg .tick{fill:var(--dim);font-size:11px}
        svg .dim{fill:var(--dim)}
        svg .bad{fill:var(--bad)}
        svg .warn{fill:var(--warn)}
        .grid{stroke:var(--line);stroke-width:1;fill:none}
        .axis{stroke:var(--dim);stroke-width:1;fill:none}
        .row{fill:transparent}
        g:hover>.row,g:target>.row{fill:var(--soft)}
        g:target>.row{stroke:var(--link);stroke-width:1}
        .k0{color:var(--k0)}.k1{color:var(--k1)}.k2{color:var(--k2)}.k3{color:var(--k3)}.k4{color:var(--k4)}.k5{color:var(--k5)}
        svg .k0{fill:var(--k0)}svg .k1{fill:var(--k1)}svg .k2{fill:var(--k2)}svg .k3{fill:var(--k3)}svg .k4{fill:var(--k4)}svg .k5{fill:var(--k5)}
        .b.k0,.b.k5{fill-opacity:.45}
        .b.failed{stroke:var(--bad);stroke-width:2}
        .b.cancelled{fill-opacity:.25;stroke:var(--fg);stroke-dasharray:2 2}
        .b.open{fill-opacity:.12;stroke:var(--dim);stroke-dasharray:4 3}
        .pale{fill:var(--bg);fill-opacity:.62}
        .p0{fill:var(--p0)}.p1{fill:var(--p1)}.p2{fill:var(--p2)}.p3{fill:var(--p3)}.p4{fill:var(--p4)}.p5{fill:var(--p5)}.p6{fill:var(--p6)}.p7{fill:var(--p7)}.p8{fill:var(--p8)}.p9{fill:var(--p9)}
        svg.phases{width:200px;height:12px;display:block}
        .c0{fill:var(--k1)}.c1{fill:var(--k4)}.c2{fill:var(--k2)}.c3{fill:var(--bad)}
        .stall{fill:var(--warn);fill-opacity:.22}
        svg .stalled{fill:var(--warn);font-size:11px}
        .looped{fill:var(--bad)}
        table{border-collapse:collapse;font-size:0.867em;width:100%}
        th,td{text-align:left;padding:4px 9px 4px 0;border-bottom:1px solid var(--line);vertical-align:top}
        th{font-weight:500;color:var(--dim);white-space:nowrap}
        td{white-space:nowrap}
        .long{white-space:normal;overflow-wrap:anywhere;min-width:8em}
        .rest{min-width:20em}
        .agent{min-width:14.5em}
        .n{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}
        .entry{border:1px solid var(--line);border-radius:6px;padding:12px 14px;margin:0 0 12px}
        .entry:target{border-color:var(--link)}
        .msg{display:grid;grid-template-columns:7em minmax(0,1fr);gap:0 14px;padding:6px 0;border-top:1px solid var(--line)}
        .role{color:var(--dim);font-size:0.867em;overflow-wrap:anywhere}
        .role small{display:block;font-size:0.8em}
        .msg.user .role{color:var(--k3)}
        .msg.assistant .role{color:var(--k1)}
        .msg.tool .role{color:var(--k2)}
        .msg.bad{color:inherit}
        .msg.bad .role{color:var(--bad);font-weight:600}
        .said{min-width:0}
        .said>*:last-child{margin-bottom:0}
        .prose{white-space:pre-wrap;overflow-wrap:anywhere;margin:0 0 8px}
        .reasoning{color:var(--dim);font-style:italic}
        .label{color:var(--dim);font-size:0.867em;margin:0 0 2px;overflow-wrap:anywhere}
        pre{margin:0 0 8px;padding:7px 10px;background:var(--soft);border-radius:5px;white-space:pre-wrap;overflow-wrap:anywhere}
        details{margin:0 0 8px}
        summary{cursor:pointer;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
        summary .start{color:var(--dim)}
        details[open]>summary .start{display:none}
        details[open]>summary{margin-bottom:4px}
        .mark{display:inline-block;margin:0 4px;padding:0 7px;border-radius:4px;background:var(--soft);border:1px solid var(--line);color:var(--dim);font-size:0.833em;white-space:normal}
        .mark.gap{color:var(--warn);background:var(--warn-bg);border-color:currentColor}
        .mark.loop{color:var(--bad);background:var(--bad-bg);border-color:currentColor}
        @media (max-width:600px){main,footer{padding:0 12px}.msg{grid-template-columns:minmax(0,1fr)}dl{grid-template-columns:repeat(auto-fill,minmax(11em,1fr))}}
        @media print{
        body{font-size:10px}
        h2{margin:20px 0 6px}.entry,.finding{padding:6px 10px;margin-bottom:7px}dl{gap:3px 14px}
        main,footer{max-width:none;padding:0}
        .trace+.trace{break-before:page;border-top:0;margin-top:0}
        h1,h2,h3,.tag,summary{break-after:avoid}
        .finding,tr,svg,.key{break-inside:avoid}
        thead{display:table-header-group}
        .wide{overflow:visible}
        svg.waterfall,svg.arrivals{min-width:0}
        svg.phases{width:110px}
        details::details-content{content-visibility:visible;display:block;height:auto}
        summary{white-space:normal;list-style:none}
        summary .start{display:none}
        pre{border:1px solid var(--line)}
        a{color:inherit}svg a text{fill:var(--fg)}
        *{print-color-adjust:exact;-webkit-print-color-adjust:exact}
        }
        @page{margin:14mm}

        """
}
