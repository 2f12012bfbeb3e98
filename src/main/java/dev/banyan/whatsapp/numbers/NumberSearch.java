package dev.banyan.whatsapp.numbers;

import module java.base;
import dev.banyan.accounts.search.SearchHit;
import dev.banyan.accounts.search.SearchKind;
import dev.banyan.accounts.search.SearchScope;
import dev.banyan.accounts.search.SearchSource;
import dev.banyan.platform.db.Tx;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.SenderSearchStore;
import jakarta.inject.Singleton;

/// Finds numbers by a part of their names, numbers or ids. They belong to the root account.
@Singleton
final class NumberSearch implements SearchSource {

    @Override
    public List<SearchHit> find(Tx tx, SearchScope scope, String text, int limit) {
        return scope.everything() && scope.permits("numbers:read")
                ? new SenderSearchStore(tx)
                        .named(scope.tenant(), text, limit).stream()
                                .map(sender -> new SearchHit(
                                        SearchKind.NUMBER,
                                        scope.tenant(),
                                        sender.shownName(),
                                        sender.phone().map(Phone::e164).orElse("Not linked yet"),
                                        "/admin/pools/senders/" + sender.id()))
                                .toList()
                : List.of();
    }
}
