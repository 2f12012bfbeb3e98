package dev.banyan.whatsapp.drivers;

import module java.base;

/// A template of a business.
///
/// @param category `MARKETING`, `UTILITY` or `AUTHENTICATION`
/// @param status `APPROVED`, or why it can't be sent
/// @param headerKind `NONE`, `TEXT`, `IMAGE`, `VIDEO`, `DOCUMENT` or another of WhatsApp's
/// @param header its text with placeholders; may be empty
/// @param body its text with placeholders
/// @param footer may be empty
/// @param names of the placeholders of the body, in order: `1`, `2`, or names
/// @param examples what was given as examples of its values when it was submitted
/// @param rejected why WhatsApp has rejected it, such as `TAG_CONTENT_MISMATCH`; may be empty
/// @param quality `GREEN`, `YELLOW`, `RED` or `UNKNOWN`
/// @param code what an authentication template says of its code
/// @param isSimple whether a [TemplateDraft] can say all that it has
public record MessageTemplate(
        String id,
        String name,
        String language,
        String category,
        String status,
        String headerKind,
        String header,
        String body,
        String footer,
        List<String> names,
        boolean isNamed,
        List<Button> buttons,
        Examples examples,
        String rejected,
        String quality,
        TemplateDraft.Code code,
        boolean isSimple) {

    /// @param kind such as `QUICK_REPLY` or `URL`
    /// @param text on the button
    /// @param takesValue whether it needs a value when it is sent
    /// @param value its address or phone number; may be empty
    /// @param example of the value that it needs; may be empty
    public record Button(String kind, String text, boolean takesValue, String value, String example) {}

    /// @param header in order
    /// @param body by the name of the placeholder
    public record Examples(List<String> header, Map<String, String> body) {

        public static final Examples NONE = new Examples(List.of(), Map.of());

        public Examples {
            header = List.copyOf(header);
            body = Map.copyOf(body);
        }
    }

    public MessageTemplate {
        names = List.copyOf(names);
        buttons = List.copyOf(buttons);
    }

    public boolean isSendable() {
        return status.equals("APPROVED");
    }
}
