package dev.banyan.platform.mail;

import module java.base;
import dev.banyan.platform.Markup;

/// How a mail looks in programs that show HTML: the mark and name of who sends it above the text, in their color, and
/// the address that it asks to open as a button.
///
/// @param color such as `#0b5d4e`; white text is readable on it
/// @param letters one or two, for the mark
/// @param picture the address of a picture that replaces the letters
/// @param language of the text
public record MailBranding(String name, String color, String letters, Optional<String> picture, Locale language) {

    /// The sentence before an address on a line of its own, which says what to do there.
    private static final Pattern ASKED =
            Pattern.compile("((?:.*[.!?]\\s+)?)([^.!?]{3,60}):\\s*\n(https?://\\S+)(\n.*)?", Pattern.DOTALL);

    /// What the sentence says beside that.
    private static final Pattern WITH_THIS = Pattern.compile(",? (?:with|on) this (?:link|page)$");

    private static final Pattern COLOR = Pattern.compile("#[0-9a-fA-F]{6}");
    private static final Pattern ADDRESS = Pattern.compile("https?://[^\\s<>\"]+[^\\s<>\".,;:!?)]");

    /// This server's own mails.
    static final MailBranding OWN = new MailBranding("Banyan", "#852d5c", "B", Optional.empty(), Locale.ENGLISH);

    public MailBranding {
        if (!COLOR.matcher(color).matches()) {
            throw new IllegalArgumentException("Not a color: " + color);
        }
    }

    /// Returns a text as a page: paragraphs, with links to click. Programs that show mails know few styles, and none
    /// from a stylesheet.
    String html(String text) {
        var paragraphs = new StringBuilder();
        boolean hasButton = false;
        for (String paragraph : text.strip().split("\n\\s*\n")) {
            Matcher asked = ASKED.matcher(paragraph.strip());
            boolean isButton = !hasButton && asked.matches();
            hasButton |= isButton;
            paragraphs.append(
                    isButton
                            ? paragraph(asked.group(1))
                                    + button(asked.group(2), asked.group(3))
                                    + paragraph(
                                            Optional.ofNullable(asked.group(4)).orElse(""))
                            : paragraph(paragraph));
        }
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

    private String paragraph(String text) {
        return text.isBlank() ? "" : "<p style=\"margin:0 0 16px\">" + linked(text.strip()) + "</p>\n";
    }

    private String button(String sentence, String address) {
        String label =
                WITH_THIS.matcher(sentence.strip().replaceAll("\\s+", " ")).replaceFirst("");
        return "<p style=\"margin:0 0 16px\"><a href=\"" + Markup.escaped(address)
                + "\" style=\"display:inline-block;padding:10px 20px;background:" + color
                + ";color:#ffffff;border-radius:8px;font-weight:bold;text-decoration:none\">" + Markup.escaped(label)
                + "</a></p>\n";
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
