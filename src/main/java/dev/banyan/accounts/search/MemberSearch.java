package dev.banyan.accounts.search;

import module java.base;
import dev.banyan.accounts.MembershipStore;
import dev.banyan.platform.db.Tx;
import jakarta.inject.Singleton;

/// Finds the people who work for the account, for those who may see them.
@Singleton
final class MemberSearch implements SearchSource {

    @Override
    public List<SearchHit> find(Tx tx, SearchScope scope, String text, int limit) {
        if (!scope.permits("read:users")) {
            return List.of();
        }
        return new MembershipStore(tx)
                .people(scope.tenant(), text.toLowerCase(Locale.ROOT), Optional.empty(), limit).stream()
                        .map(member -> new SearchHit(
                                SearchKind.MEMBER,
                                scope.tenant(),
                                member.name().orElse(member.email()),
                                member.name().map(_ -> member.email() + ", ").orElse("")
                                        + member.membership().label(),
                                "/admin/users/people/" + member.key()))
                        .toList();
    }
}
