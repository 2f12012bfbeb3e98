package dev.banyan.whatsapp.drivers;

import module java.base;
import dev.banyan.platform.Text;
import dev.banyan.whatsapp.MessageContent.Contacts.Card;
import dev.banyan.whatsapp.Phone;

/// Reads contact cards (vCard 3), as far as WhatsApp fills them in.
public final class ContactCards {

    private static final Pattern FOLDED = Pattern.compile("\\r?\\n[ \\t]");
    private static final Pattern NAME = line("FN");
    private static final Pattern ORGANIZATION = line("ORG");
    private static final Pattern TELEPHONE = line("TEL");
    private static final Pattern WHATSAPP_ID = Pattern.compile("(?i)waid=\\+?([0-9]{6,15})");
    private static final Pattern ESCAPED = Pattern.compile("\\\\([,;\\\\])");

    private static final int LONGEST = 200;

    private ContactCards() {}

    private static Pattern line(String name) {
        return Pattern.compile("(?im)^(?:item[0-9]+\\.)?" + name + "([;][^:\\r\\n]*)?:([^\\r\\n]*)");
    }

    /// Reads a card, once for each of its phone numbers.
    ///
    /// @param shown the name that WhatsApp shows; may be empty
    /// @return empty if this is no card
    public static List<Card> read(String shown, String source) {
        if (shown.isBlank() && !source.contains("BEGIN:VCARD")) {
            return List.of();
        }
        String text = FOLDED.matcher(source).replaceAll("");
        String name = shown.isBlank() ? values(text, NAME).findFirst().orElse("") : shown;
        String organization = values(text, ORGANIZATION).findFirst().orElse("").replaceAll(";+$", "");
        List<String> phones =
                TELEPHONE.matcher(text).results().map(ContactCards::phone).toList();
        return of(name, phones, organization);
    }

    /// Returns a card for each phone number of a person, and one if there is none.
    public static List<Card> of(String name, List<String> phones, String organization) {
        String shown = Text.name(name, LONGEST);
        return (phones.isEmpty() ? List.of("") : phones)
                .stream()
                        .map(phone -> Text.name(phone, LONGEST))
                        .distinct()
                        .map(phone ->
                                new Card(shown.isEmpty() ? phone : shown, phone, Text.name(organization, LONGEST)))
                        .toList();
    }

    /// Returns what people read in lists.
    public static String names(List<Card> cards) {
        return cards.stream()
                .map(Card::name)
                .filter(name -> !name.isBlank())
                .distinct()
                .collect(Collectors.joining(", "));
    }

    private static Stream<String> values(String text, Pattern line) {
        return line.matcher(text).results().map(ContactCards::value);
    }

    private static String value(MatchResult line) {
        return ESCAPED.matcher(line.group(2)).replaceAll("$1").strip();
    }

    private static String phone(MatchResult line) {
        Matcher whatsApp = WHATSAPP_ID.matcher(line.group());
        if (whatsApp.find()) {
            return "+" + whatsApp.group(1);
        }
        String dialled = value(line);
        return Phone.parse(dialled).map(Phone::e164).orElse(dialled);
    }
}
