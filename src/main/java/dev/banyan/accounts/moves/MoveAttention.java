package dev.banyan.accounts.moves;

import module java.base;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.context.AttentionItem;
import dev.banyan.accounts.context.AttentionItem.Urgency;
import dev.banyan.accounts.context.AttentionSource;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.web.page.Words;
import jakarta.inject.Singleton;

/// Reports brands that other agencies offer, to the owners who can accept them.
@Singleton
record MoveAttention(Clock clock) implements AttentionSource {

    private static final int LOOKED_AT = 20;

    @Override
    public List<AttentionItem> items(Tx tx, AccountContext context) {
        if (context.isSubAccount() || !context.membership().isOwner()) {
            return List.of();
        }
        Instant now = clock.instant();
        List<Move> open = new MoveStore(tx)
                .list(context.root().id(), LOOKED_AT).stream()
                        .filter(move -> move.isOpen(now)
                                && move.to().equals(Optional.of(context.root().id())))
                        .toList();
        return open.isEmpty()
                ? List.of()
                : Moves.seen(tx, open).stream()
                        .map(seen -> new AttentionItem(
                                Urgency.NOTE,
                                "You are offered the brand “" + seen.account().displayName() + "”.",
                                "Answer until " + Words.day(seen.move().endsAt()) + ".",
                                "Open offer",
                                MovesPageResource.PATH + "/" + seen.move().id() + "/accept?as="
                                        + context.root().username()))
                        .toList();
    }
}
