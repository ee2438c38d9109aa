"""Posts that mean harm, or that are merely hard to show. `{marker}` stands for the post's marker."""

from __future__ import annotations

HOSTILE: dict[str, str] = {
    "escapes": "<p>{marker} start \x1b]0;PWNED-TITLE\x07 \x1b[2J\x1b[1;1HPWNED-CURSOR \x1b[?1049l "
    "\x1b]52;c;UFdORUQ=\x07 \x1b[31;7m end</p>",
    "escapes in references": "<p>{marker} start &#27;]0;PWNED-TITLE&#7; &#x1b;[5;1HPWNED-CURSOR &#27;[31;7m end</p>",
    "c1": "<p>{marker} start \u009d0;PWNED-TITLE\u009c \u009b31m\u009b1;1HPWNED-CURSOR \u0090q\u009c end</p>",
    "c1 in references": "<p>{marker} start &#155;31m &#x9d;0;PWNED-TITLE&#x9c; end</p>",
    "c0": "<p>{marker} start a\x08b\x0d\x0eshift\x0f\x7f\x07\x00nul end</p>",
    "bidi": "<p>{marker} start \u202eevil\u202c \u2066\u2067abc\u2069 \u200f\u061c user@\u202emoc.elgoog end</p>",
    "joined": "<p>{marker} start 👨‍👩‍👧‍👦|👩🏽‍❤️‍💋‍👨🏿|🏳️‍🌈|🏴󠁧󠁢󠁥󠁮󠁧󠁿|🇩🇪🇫🇷|e\u0301\u0301\u0301|Z̸̡͇͎͓͊͝a̴|ｆｕｌｌ|½|☺️|☺ end</p>",
    "long": "<p>{marker} start</p>"
    + "".join(f"<p>line {number:03d} of a very long post</p>" for number in range(500)),
    "deep": "<p>{marker} start" + "<blockquote>" * 300 + "deep" + "</blockquote>" * 300 + "</p>",
    "broken": '<p>{marker} start <b>unclosed <a href="javascript:alert(1)">js</a> <script>alert(2)</script> '
    "[bold red]markup[/] [/] [link=x] \\[ &notanentity; <p",
    "wide": "<p>{marker} " + "x" * 5000 + "</p>",
}

HOSTILE_NAME = "Trouble \x1b]0;PWNED-NAME\x07\x1b[35m \u202eeman"
"""The display name of whoever writes such posts."""
