package dev.banyan.shortlinks;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Owner;
import dev.banyan.platform.StickyVisitor;

/// The WhatsApp numbers that short links of the kind "WhatsApp" open. Short links know nothing of numbers and pools, so
/// the root package answers for those who do.
public interface ChatNumbers {

    /// A pool that short links may open.
    record ChatPool(String id, String name) {}

    /// The chat that a visitor is led to.
    ///
    /// @param visitor as the visitor's cookie remembers them now
    record Opened(String address, StickyVisitor visitor) {}

    /// Returns the pools of a root account, oldest first.
    List<ChatPool> pools(AccountId root);

    boolean isPool(AccountId root, String pool);

    /// Chooses the healthiest number.
    ///
    /// @param pool empty: the pool that works for the account
    /// @param text the prefilled beginning of the visitor's message; may be empty
    /// @return empty if no number is available now
    Optional<Opened> open(Owner owner, String pool, String text, StickyVisitor visitor);
}
