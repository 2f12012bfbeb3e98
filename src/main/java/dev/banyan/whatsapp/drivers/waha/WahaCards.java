package dev.banyan.whatsapp.drivers.waha;

import module java.base;
import dev.banyan.whatsapp.MessageContent.Contacts.Card;
import dev.banyan.whatsapp.Phone;

/// Reads contact cards (vCard 3).
final class WahaCards {

    private static final Pattern FOLDED = Pattern.compile("\\r?\\n[ \\t]");
    private static final Pattern NAME = line("FN");
    private static final Pattern ORGANIZATION = line("ORG");
    private static final Pattern TELEPHONE = line("TEL");
    private static final Pattern WHATSAPP_ID = Pattern.compile("(?i)waid=([0-9]{6,15})");
    private static final Pattern ESCAPED = Pattern.compile("\\\\([,;\\\\])");

    private WahaCards() {}

    private static Pattern line(String name) {
        return Pattern.compile("(?im)^(?:item[0-9]+\\.)?" + name + "([;][^:\\r\\n]*)?:([^\\r\\n]*)");
    }

    /// Returns empty if this is no card.
    static Optional<Card> read(String source) {
        if (!source.contains("BEGIN:VCARD")) {
            return Optional.empty();
        }
        String text = FOLDED.matcher(source).replaceAll("");
        String organization = value(text, ORGANIZATION).replaceAll(";+$", "");
        return Optional.of(new Card(value(text, NAME), phone(text), organization));
    }

    private static String value(String text, Pattern line) {
        Matcher matcher = line.matcher(text);
        return matcher.find()
                ? ESCAPED.matcher(matcher.group(2)).replaceAll("$1").strip()
                : "";
    }

    private static String phone(String text) {
        Matcher whatsApp = WHATSAPP_ID.matcher(text);
        if (whatsApp.find()) {
            return "+" + whatsApp.group(1);
        }
        String dialled = value(text, TELEPHONE);
        return Phone.parse(dialled).map(Phone::e164).orElse(dialled);
    }
}
