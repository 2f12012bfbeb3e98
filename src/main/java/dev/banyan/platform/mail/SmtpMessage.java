package dev.banyan.platform.mail;

import module java.base;

/// A mail as mail servers exchange it (RFC 5322, MIME), as plain text and, if it has a look, as HTML. Bodies are in
/// Base64, so that no line of theirs can end the message.
record SmtpMessage(MailServer server, UUID id, String recipient, String subject, String text, Optional<String> html) {

    private static final Pattern PLAIN = Pattern.compile("[ -~&&[^=?_\"\\\\]]*");
    private static final int WORD = 39; // bytes, so that an encoded word is no longer than 75 characters

    String written(Instant at) {
        String boundary = "banyan-" + id;
        return String.join(
                "\r\n",
                "Date: " + DateTimeFormatter.RFC_1123_DATE_TIME.format(at.atOffset(ZoneOffset.UTC)),
                "From: " + from(),
                "To: " + recipient,
                "Subject: " + encoded(subject),
                "Message-ID: <" + id + "@" + domain(server) + ">",
                "Auto-Submitted: auto-generated",
                "MIME-Version: 1.0",
                "Content-Type: multipart/alternative;\r\n boundary=\"" + boundary + "\"",
                "",
                "--" + boundary,
                part("text/plain", text),
                html.map(page -> "--" + boundary + "\r\n" + part("text/html", page) + "\r\n")
                                .orElse("") + "--" + boundary + "--",
                "");
    }

    private String from() {
        if (server.fromName().isBlank()) {
            return server.from();
        }
        String name = encoded(server.fromName());
        return (name.startsWith("=?") ? name : "\"" + name + "\"") + "\r\n <" + server.from() + ">";
    }

    static String domain(MailServer server) {
        return server.from().substring(server.from().indexOf('@') + 1);
    }

    private static String part(String type, String content) {
        return "Content-Type: " + type + "; charset=UTF-8\r\nContent-Transfer-Encoding: base64\r\n\r\n"
                + Base64.getMimeEncoder().encodeToString(content.getBytes(StandardCharsets.UTF_8));
    }

    /// Returns the text as a header may carry it: what isn't plain in encoded words (RFC 2047).
    private static String encoded(String text) {
        String line = text.replaceAll("[\\p{Cntrl}]+", " ").strip();
        if (PLAIN.matcher(line).matches() && line.length() < 900) {
            return line;
        }
        var words = new StringBuilder();
        var word = new StringBuilder();
        line.codePoints().forEach(point -> {
            String next = Character.toString(point);
            if (bytes(word).length + bytes(next).length > WORD) {
                append(words, word);
            }
            word.append(next);
        });
        append(words, word);
        return words.toString();
    }

    private static byte[] bytes(CharSequence text) {
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void append(StringBuilder words, StringBuilder word) {
        words.append(words.isEmpty() ? "" : "\r\n ")
                .append("=?UTF-8?B?")
                .append(Base64.getEncoder().encodeToString(bytes(word)))
                .append("?=");
        word.setLength(0);
    }
}
