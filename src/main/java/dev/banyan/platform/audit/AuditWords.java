package dev.banyan.platform.audit;

import module java.base;
import dev.banyan.platform.PackedFile;

/// Each act in plain words, from `audit-words.properties`. `{key}` stands for a detail; a part in brackets is left out
/// if its detail no longer exists.
public final class AuditWords {

    private static final SortedMap<String, String> SENTENCES =
            PackedFile.properties(AuditWords.class, "audit-words.properties");

    private static final Pattern OPTIONAL = Pattern.compile("\\[([^\\]]*)\\]");
    private static final Pattern DETAIL = Pattern.compile("\\{([^}]*)\\}");

    private AuditWords() {}

    /// Returns all acts that have words, ordered by name.
    public static Set<String> actions() {
        return SENTENCES.keySet();
    }

    /// Returns the words for a kind of act, such as `Created the sub-account`.
    public static String of(String action) {
        return OPTIONAL.matcher(SENTENCES.getOrDefault(action, action)).replaceAll("");
    }

    /// Returns the words for one act, such as `Created the sub-account “harbour”`.
    ///
    /// @param details by their keys; empty if they were erased
    public static String sentence(String action, Map<String, String> details) {
        return OPTIONAL.matcher(SENTENCES.getOrDefault(action, action))
                .replaceAll(part ->
                        Matcher.quoteReplacement(filled(part.group(1), details).orElse("")));
    }

    private static Optional<String> filled(String part, Map<String, String> details) {
        boolean whole = DETAIL.matcher(part)
                .results()
                .allMatch(detail -> !details.getOrDefault(detail.group(1), "").isEmpty());
        return whole
                ? Optional.of(DETAIL.matcher(part)
                        .replaceAll(detail -> Matcher.quoteReplacement(details.getOrDefault(detail.group(1), ""))))
                : Optional.empty();
    }

    /// Returns the acts whose words contain a text, or whose name begins with it, ignoring case.
    public static Set<String> found(String text) {
        String part = text.toLowerCase(Locale.ROOT);
        return SENTENCES.keySet().stream()
                .filter(action -> action.toLowerCase(Locale.ROOT).startsWith(part)
                        || of(action).toLowerCase(Locale.ROOT).contains(part))
                .collect(Collectors.toSet());
    }
}
