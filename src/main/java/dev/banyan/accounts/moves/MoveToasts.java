package dev.banyan.accounts.moves;

import module java.base;
import dev.banyan.platform.web.page.Toasts;
import jakarta.inject.Singleton;

/// Sentences about what was done here.
@Singleton
final class MoveToasts implements Toasts {

    @Override
    public Map<String, String> sentences() {
        return Map.of(
                "brand-offered", "Offer sent",
                "brand-offer-ended", "Offer ended",
                "brand-moved", "The brand has moved to your account",
                "brand-move-undone", "Transfer undone",
                "brand-converted", "This is your own account now");
    }
}
