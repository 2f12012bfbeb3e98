package dev.banyan.platform.web.page;

import dev.banyan.platform.Invalid;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The message under each refused field, by the field's name, in the order of the form.
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
}
