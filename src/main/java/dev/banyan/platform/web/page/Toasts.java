package dev.banyan.platform.web.page;

import module java.base;
import dev.banyan.platform.PackedFile;

/// The sentences that a page says about what the page before it did, in `toasts.properties`. The address carries a word
/// (`?done=page-saved`) and not the sentence, so that no link can make our page say something else.
public final class Toasts {

    private static final Map<String, String> SENTENCES = PackedFile.properties(Toasts.class, "toasts.properties");

    private Toasts() {}

    /// Returns the sentence on a page of the account.
    public static Optional<String> of(String word) {
        return word.startsWith("member.") ? Optional.empty() : Optional.ofNullable(SENTENCES.get(word));
    }

    /// Returns the sentence on a page of a member of a workspace, which know fewer words.
    public static Optional<String> ofMember(String word) {
        return Optional.ofNullable(SENTENCES.get("member." + word));
    }
}
