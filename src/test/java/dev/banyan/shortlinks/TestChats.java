package dev.banyan.shortlinks;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Owner;
import dev.banyan.platform.StickyVisitor;

/// A server without WhatsApp numbers.
final class TestChats implements ChatNumbers {

    @Override
    public List<ChatPool> pools(AccountId root) {
        return List.of();
    }

    @Override
    public boolean isPool(AccountId root, String pool) {
        return false;
    }

    @Override
    public Optional<Opened> open(Owner owner, String pool, String text, StickyVisitor visitor) {
        return Optional.empty();
    }
}
