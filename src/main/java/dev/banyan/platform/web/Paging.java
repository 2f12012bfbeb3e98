package dev.banyan.platform.web;

import dev.banyan.platform.AccountId;
import java.util.Optional;

/// `limit` and `after` of every list. Without them a list is whole, up to 1,000; `after` is the `nextCursor` of the
/// answer before.
public sealed interface Paging {

    int MOST = 1_000;

    record Slice(int limit, Optional<AccountId> after) implements Paging {}

    record Bad(String error) implements Paging {}

    static Paging of(Optional<String> limit, Optional<String> after) {
        int size;
        try {
            size = limit.map(Integer::parseInt).orElse(MOST);
        } catch (NumberFormatException _) {
            size = 0;
        }
        if (size < 1 || size > MOST) {
            return new Bad("limit must be a number from 1 to " + MOST);
        }
        Optional<AccountId> cursor = after.flatMap(AccountId::parse);
        if (after.isPresent() && cursor.isEmpty()) {
            return new Bad("after must be the nextCursor of an answer");
        }
        return new Slice(size, cursor);
    }
}
