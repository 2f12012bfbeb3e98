package dev.banyan.whatsapp.drivers.evolution;

import module java.base;
import dev.banyan.whatsapp.MessageContent.Contacts.Card;

/// Reads contact cards in vCard form, as far as WhatsApp fills them in.
final class EvolutionCards {

    private static final Pattern WAID = Pattern.compile("waid=\\+?(\\d{6,15})");
    private static final Pattern PHONE = Pattern.compile("(?m)^(?:item\\d+\\.)?TEL[^:\\r\\n]*:([^\\r\\n]+)");
    private static final Pattern NAME = Pattern.compile("(?m)^FN[^:\\r\\n]*:([^\\r\\n]+)");
    private static final Pattern COMPANY = Pattern.compile("(?m)^ORG[^:\\r\\n]*:([^\\r\\n]+)");

    private EvolutionCards() {}

    /// @param name as WhatsApp shows it; may be empty
    static Card of(String name, String vcard) {
        String phone = first(WAID, vcard)
                .or(() -> first(PHONE, vcard))
                .map(found -> "+" + found.replaceAll("\\D", ""))
                .orElse("");
        String shown = name.isEmpty() ? first(NAME, vcard).orElse(phone) : name;
        return new Card(shown, phone, first(COMPANY, vcard).orElse("").replaceAll(";+$", ""));
    }

    private static Optional<String> first(Pattern pattern, String vcard) {
        Matcher matcher = pattern.matcher(vcard);
        return matcher.find() ? Optional.of(matcher.group(1).strip()) : Optional.empty();
    }
}
