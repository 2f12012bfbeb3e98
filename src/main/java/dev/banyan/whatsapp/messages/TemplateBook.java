package dev.banyan.whatsapp.messages;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.FilledText;
import dev.banyan.whatsapp.SenderId;

/// The templates that the numbers of a pool can send.
public interface TemplateBook {

    /// A template that WhatsApp has approved.
    ///
    /// @param body its text with placeholders: `{{1}}`, or `{{name}}`
    /// @param header how many values its header takes
    /// @param names the names of the values of its body, in order
    /// @param isNamed whether they are named, not numbered
    /// @param buttons by place
    record Entry(
            String name,
            String language,
            String body,
            int header,
            List<String> names,
            boolean isNamed,
            List<Button> buttons) {

        public Entry {
            names = List.copyOf(names);
            buttons = List.copyOf(buttons);
        }

        /// Returns the text with these values, in order.
        public String filled(List<String> values) {
            var filled = new HashMap<String, String>();
            for (int i = 0; i < names.size() && i < values.size(); i++) {
                filled.put("{{" + names.get(i) + "}}", values.get(i));
            }
            return FilledText.of(body, filled);
        }
    }

    /// @param kind how its value is sent: `url` or `copy_code`; empty if it takes none
    record Button(String text, String kind) {

        public boolean takesValue() {
            return !kind.isEmpty();
        }
    }

    /// Returns the templates that can be sent, by name.
    ///
    /// @param pool its master
    List<Entry> of(AccountId tenant, SenderId pool);
}
