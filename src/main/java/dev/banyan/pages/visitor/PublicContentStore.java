package dev.banyan.pages.visitor;

import static dev.banyan.schema.Tables.PAGES;

import dev.banyan.pages.PageId;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Owner;
import dev.banyan.platform.db.AllTenants;
import dev.banyan.platform.db.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jooq.DSLContext;

/// Pages for who names no account: visitors of what is served beside them, and search engines.
final class PublicContentStore {

    /// A page in the list for search engines, under the account whose name is its address.
    record Listed(PageId page, AccountId account, Instant updatedAt) {}

    private final DSLContext sql;

    PublicContentStore(Tx tx) {
        this.sql = tx.sql();
    }

    /// Whose page it is, for who knows nothing but its id.
    @AllTenants("a visitor knows no account")
    Optional<Owner> findForVisitor(PageId page) {
        return sql.select(PAGES.TENANT_ID, PAGES.ACCOUNT_ID)
                .from(PAGES)
                .where(PAGES.ID.eq(page.toString()))
                .fetchOptional(row -> new Owner(row.value1(), row.value2()));
    }

    /// Default pages that anybody may find, in the order of their ids: the one page of an account that every plan has
    /// room for.
    ///
    /// @param after the last one of the list before
    @AllTenants("the list of all pages that search engines get")
    List<Listed> listed(Optional<PageId> after, int most) {
        return sql.select(PAGES.ID, PAGES.ACCOUNT_ID, PAGES.UPDATED_AT)
                .from(PAGES)
                .where(
                        PAGES.IS_DEFAULT.eq(true),
                        PAGES.IS_PUBLISHED.eq(true),
                        PAGES.ID.gt(after.map(PageId::toString).orElse("")))
                .orderBy(PAGES.ID)
                .limit(most)
                .fetch(row -> new Listed(PageId.of(row.value1()), row.value2(), row.value3()));
    }

    /// The last page of a list that begins after `after`, where there are more after it.
    @AllTenants("the list of all pages that search engines get")
    Optional<PageId> endOf(Optional<PageId> after, int size) {
        List<String> ends = sql.select(PAGES.ID)
                .from(PAGES)
                .where(
                        PAGES.IS_DEFAULT.eq(true),
                        PAGES.IS_PUBLISHED.eq(true),
                        PAGES.ID.gt(after.map(PageId::toString).orElse("")))
                .orderBy(PAGES.ID)
                .limit(2)
                .offset(size - 1)
                .fetch(PAGES.ID);
        return ends.size() == 2 ? Optional.of(PageId.of(ends.getFirst())) : Optional.empty();
    }
}
