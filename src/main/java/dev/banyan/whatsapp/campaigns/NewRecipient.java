package dev.banyan.whatsapp.campaigns;

import module java.base;
import dev.banyan.platform.Text;
import dev.banyan.whatsapp.MessageBody;

/// A recipient as it was typed. Too long texts are cut, so that one line of a list can't break all.
///
/// @param fields by their names; names are compared in lower case
public record NewRecipient(String phone, String name, Map<String, String> fields) {

    /// As long as the keys of contacts without a number.
    static final int LONGEST_TYPED = 180;
    static final int LONGEST_NAME = 100;
    static final int LONGEST_FIELD = 60;
    static final int LONGEST_VALUE = 500;
    static final int MOST_FIELDS = 30;

    public NewRecipient {
        phone = cut(phone, LONGEST_TYPED);
        name = Text.name(name, LONGEST_NAME);
        var kept = new TreeMap<String, String>();
        fields.forEach((field, value) -> {
            String key = cut(FieldText.name(field), LONGEST_FIELD);
            if (!key.isEmpty() && !value.isBlank() && kept.size() < MOST_FIELDS) {
                kept.put(key, cut(value, LONGEST_VALUE));
            }
        });
        fields = Map.copyOf(kept);
    }

    private static String cut(String text, int longest) {
        return MessageBody.tamed(text.strip(), longest);
    }
}
