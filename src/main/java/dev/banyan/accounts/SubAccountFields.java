package dev.banyan.accounts;

import module java.base;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.Keyed;

/// Values of some fields of a sub-account: those to change, or all that are stored. An absent field stays as it is, an
/// empty one is cleared.
///
/// @param texts in the order of the fields
public record SubAccountFields(SortedMap<SubAccountField, String> texts) {

    public static final SubAccountFields NONE = new SubAccountFields(Collections.emptySortedMap());

    public SubAccountFields with(SubAccountField field, String text) {
        var more = new TreeMap<>(texts);
        more.put(field, text);
        return new SubAccountFields(Collections.unmodifiableSortedMap(more));
    }

    /// Does the same with what may be absent.
    public SubAccountFields with(SubAccountField field, Optional<String> text) {
        return text.map(present -> with(field, present)).orElse(this);
    }

    /// Returns the value; empty if there is none.
    public Optional<String> of(SubAccountField field) {
        return Optional.ofNullable(texts.get(field)).filter(text -> !text.isEmpty());
    }

    /// Returns the value for a template that names its field as the API does; empty if there is none.
    public String text(String key) {
        return of(Keyed.of(SubAccountField.class, key)).orElse("");
    }

    public boolean is(SubAccountField field) {
        return "true".equals(texts.get(field));
    }

    public boolean isEmpty() {
        return texts.isEmpty();
    }

    /// Returns the rules that typed values break.
    public List<Invalid> broken() {
        return texts.entrySet().stream()
                .flatMap(field -> field.getKey().broken(field.getValue()).stream())
                .toList();
    }

    /// Returns those of these typed values that change what is stored, as they will be stored.
    public SubAccountFields changing(SubAccountFields stored) {
        SubAccountFields changing = NONE;
        for (var field : texts.entrySet()) {
            String text = field.getKey().stored(field.getValue());
            if (!text.equals(stored.texts.get(field.getKey()))) {
                changing = changing.with(field.getKey(), text);
            }
        }
        return changing;
    }

    /// Returns the names of the fields, without their values.
    public String names() {
        return texts.keySet().stream().map(SubAccountField::key).collect(Collectors.joining(", "));
    }
}
