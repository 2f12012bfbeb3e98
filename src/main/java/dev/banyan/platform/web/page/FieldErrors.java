package dev.banyan.platform.web.page;

import module java.base;
import dev.banyan.platform.Invalid;
import io.quarkus.qute.RawString;

/// The message under each refused field, by the field's name, in the order in which the fields were checked; most forms
/// have the same order. The tag `field` draws the message, [#mark] and [#aria] the attributes of the control.
public record FieldErrors(Map<String, String> messages) {
    public static final FieldErrors NONE = new FieldErrors(Map.of());

    /// Returns the messages for the rules that an operation found broken.
    public static FieldErrors from(List<Invalid> invalid) {
        var messages = new LinkedHashMap<String, String>();
        invalid.forEach(broken -> messages.putIfAbsent(broken.field(), broken.userMessage()));
        return new FieldErrors(messages);
    }

    public boolean has(String field) {
        return messages.containsKey(field);
    }

    public String of(String field) {
        return messages.getOrDefault(field, "");
    }

    /// Returns the first field with an error; empty without errors.
    public String first() {
        return messages.keySet().stream().findFirst().orElse("");
    }

    public boolean any() {
        return !messages.isEmpty();
    }

    /// Returns the attributes of a control that its message or help describes anyway: empty unless it was refused.
    public RawString aria(String field) {
        return new RawString(has(field) ? " aria-invalid=\"true\"" : "");
    }

    /// Returns the attributes of a control that only its message describes, by the message's id in the page.
    public RawString aria(String field, String message) {
        return new RawString(has(field) ? " aria-invalid=\"true\" aria-describedby=\"" + message + "\"" : "");
    }

    /// As [#aria], and the first refused field gets the focus. For forms that are checked from top to bottom.
    public RawString mark(String field) {
        return new RawString(aria(field) + focus(field));
    }

    public RawString mark(String field, String message) {
        return new RawString(aria(field, message) + focus(field));
    }

    private String focus(String field) {
        return first().equals(field) ? " autofocus" : "";
    }
}
