package dev.banyan.platform;

/// Input that breaks a rule. Operations return it among their results.
///
/// @param field as the API names it, such as `displayName`
/// @param error what the API says; a seed's exact text if there is one
/// @param rule what would be right, as a whole sentence for people
public record Invalid(String field, String apiMessage, String userMessage) {

    public Invalid(String field, String error) {
        this(field, error, error);
    }
}
