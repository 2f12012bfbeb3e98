package dev.banyan.platform;

/// Input that breaks a rule. Operations return it among their results.
///
/// @param field as the API names it, such as `displayName`
/// @param error what the API says; a seed's exact text if there is one
/// @param rule what would be right, as a whole sentence for people
public record Invalid(String field, String apiMessage, String userMessage) {

    /// Input that is wrong as a whole, and not in one field.
    public static Invalid whole(String apiMessage, String userMessage) {
        return new Invalid("", apiMessage, userMessage);
    }

    public static Invalid whole(String error) {
        return whole(error, error);
    }

    /// Returns the same for a field of another name.
    public Invalid in(String otherField) {
        return new Invalid(otherField, apiMessage, userMessage);
    }

    public Invalid(String field, String error) {
        this(field, error, error);
    }
}
