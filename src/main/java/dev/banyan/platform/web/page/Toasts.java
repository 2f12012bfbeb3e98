package dev.banyan.platform.web.page;

import module java.base;

/// Contributes the sentences that a page says about what the page before it did. The address carries a word
/// (`?done=page-saved`) and not the sentence, so that no link can make our page say something else.
public interface Toasts {

    /// Sentences by their words. Rooms that share a word say the same.
    Map<String, String> sentences();

    static Map<String, String> merged(List<Toasts> all) {
        var merged = new HashMap<String, String>();
        for (Toasts toasts : all) {
            toasts.sentences().forEach((word, sentence) -> {
                String other = merged.put(word, sentence);
                if (other != null && !other.equals(sentence)) {
                    throw new IllegalStateException("Two sentences for the word " + word);
                }
            });
        }
        return Map.copyOf(merged);
    }
}
