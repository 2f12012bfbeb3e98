package dev.banyan.platform.mail;

import module java.base;
import dev.banyan.platform.Markup;

/// How mails of a workspace look in programs that show HTML: its mark and name above the text, in its color.
///
/// @param color such as `#0b5d4e`; white text is readable on it
/// @param letters one or two, for the mark
/// @param picture the address of a picture that replaces the letters
/// @param language of the text
public record MailBranding(String name, String color, String letters, Optional<String> picture, Locale language) {

    private static final Pattern COLOR = Pattern.compile("#[0-9a-fA-F]{6}");
    private static final Pattern ADDRESS = Pattern.compile("https?://[^\\s<>\"]+[^\\s<>\".,;:!?)]");

    public MailBranding {
        if (!COLOR.matcher(color).matches()) {
            throw new IllegalArgumentException("Not a color: " + color);
        }
    }

    /// Returns a text as a page: paragraphs, with links to click. Programs that show mails know few styles, and none
    /// from a stylesheet.
    String html(String text) {
        String paragraphs = Arrays.stream(text.strip().split("\n\\s*\n"))
                .map(paragraph -> "<p style=\"margin:0 0 16px\">" + linked(paragraph.strip()) + "</p>")
                .collect(Collectors.joining("\n"));
        return """
                <!doctype html>
                <html lang="%s" dir="%s"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
                <meta name="color-scheme" content="light dark"></head>
                <body style="margin:0;padding:24px 12px;font:16px/1.5 system-ui,sans-serif">
                <table role="presentation" width="100%%" style="max-width:560px;margin:0 auto;border-collapse:collapse">
                <tr><td style="padding:16px 20px;background:%s;color:#ffffff;border-radius:8px 8px 0 0">%s<strong style="vertical-align:middle">%s</strong></td></tr>
                <tr><td style="padding:24px 20px;border:1px solid %s;border-top:0;border-radius:0 0 8px 8px">
                %s
                </td></tr></table></body></html>
                """.formatted(
                        language.toLanguageTag(),
                        Markup.direction(language),
                        color,
                        mark(),
                        Markup.escaped(name),
                        color,
                        paragraphs);
    }

    private String mark() {
        return picture.map(address -> "<img src=\"" + Markup.escaped(address) + "\" alt=\"\" width=\"32\" height=\"32\""
                        + " style=\"vertical-align:middle;margin-right:12px;border-radius:6px\">")
                .orElseGet(() -> "<span style=\"display:inline-block;width:32px;height:32px;line-height:32px;"
                        + "text-align:center;vertical-align:middle;margin-right:12px;border-radius:6px;"
                        + "background:#ffffff;color:" + color + ";font-weight:bold\" aria-hidden=\"true\">"
                        + Markup.escaped(letters) + "</span>");
    }

    private String linked(String paragraph) {
        var html = new StringBuilder();
        Matcher found = ADDRESS.matcher(paragraph);
        int at = 0;
        while (found.find()) {
            String address = Markup.escaped(found.group());
            html.append(Markup.escaped(paragraph.substring(at, found.start())))
                    .append("<a href=\"")
                    .append(address)
                    .append("\" style=\"color:")
                    .append(color)
                    .append(";word-break:break-all\">")
                    .append(address)
                    .append("</a>");
            at = found.end();
        }
        return html.append(Markup.escaped(paragraph.substring(at))).toString().replace("\n", "<br>\n");
    }
}
