package dev.banyan.whatsapp.access;

import module java.base;
import dev.banyan.platform.Invalid;

/// Parses whole numbers typed into forms.
public final class FormNumbers {

    private static final int LONGEST = 9;

    private FormNumbers() {}

    /// @param broken receives the error of the field
    public static Optional<Integer> optional(String field, String typed, List<Invalid> broken) {
        String text = typed.strip();
        if (text.isEmpty()) {
            return Optional.empty();
        }
        if (text.length() > LONGEST || !text.chars().allMatch(Character::isDigit)) {
            broken.add(new Invalid(field, "Enter a whole number"));
            return Optional.empty();
        }
        return Optional.of(Integer.parseInt(text));
    }

    public static Optional<Integer> needed(String field, String name, String typed, List<Invalid> broken) {
        if (typed.isBlank()) {
            broken.add(new Invalid(field, name + " is required"));
        }
        return optional(field, typed, broken);
    }
}
