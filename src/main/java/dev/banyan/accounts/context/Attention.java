package dev.banyan.accounts.context;

import module java.base;
import dev.banyan.accounts.AccountContext;
import dev.banyan.platform.db.Database;
import io.quarkus.arc.All;
import jakarta.inject.Singleton;

/// Collects what needs attention in an account, for its dashboard.
@Singleton
public record Attention(Database database, @All List<AttentionSource> sources) {

    /// Returns the most urgent first; empty if all is well.
    public List<AttentionItem> of(AccountContext context) {
        return database.read(tx -> sources.stream()
                .flatMap(source -> source.items(tx, context).stream())
                .sorted(Comparator.comparing(AttentionItem::urgency))
                .toList());
    }
}
