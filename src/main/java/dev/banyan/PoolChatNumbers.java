package dev.banyan;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Owner;
import dev.banyan.platform.StickyVisitor;
import dev.banyan.shortlinks.ChatNumbers;
import dev.banyan.whatsapp.Pool;
import dev.banyan.whatsapp.Pools;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.messages.ChatLink;
import dev.banyan.whatsapp.messages.MessageUs;
import jakarta.inject.Singleton;

/// Joins short links to pools, which must not know each other.
@Singleton
record PoolChatNumbers(Pools pools, MessageUs messageUs) implements ChatNumbers {

    @Override
    public List<ChatPool> pools(AccountId root) {
        return pools.overview(root).pools().stream()
                .map(Pool::master)
                .map(master -> new ChatPool(master.id().value(), master.displayName()))
                .toList();
    }

    @Override
    public boolean isPool(AccountId root, String pool) {
        return SenderId.parse(pool)
                .flatMap(id -> pools.sender(root, id))
                .filter(Sender::isMaster)
                .isPresent();
    }

    @Override
    public Optional<Opened> open(Owner owner, String pool, String text, StickyVisitor visitor) {
        Optional<MessageUs.Chosen> chosen = pool.isEmpty()
                ? messageUs.number(owner, visitor)
                : SenderId.parse(pool).flatMap(id -> messageUs.number(owner.tenant(), id, visitor));
        return chosen.map(found -> new Opened(ChatLink.to(found.phone(), text), found.visitor()));
    }
}
