package dev.banyan.pages.visitor;

import static dev.banyan.schema.Tables.PAGES;

import module java.base;
import dev.banyan.pages.PageId;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Owner;
import dev.banyan.platform.db.AllTenants;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;
import org.jooq.Condition;

/// Pages for requests without an account: assets of visitors, and search engines.
final class PublicContentStore extends Store {

    /// A page in the sitemap, with the account whose username is its address.
    record Listed(PageId page, AccountId account, Instant updatedAt) {}

    PublicContentStore(Tx tx) {
        super(tx);
    }

    /// Returns the owner of a page by its id alone.
    @AllTenants("a visitor's request names no account")
    Optional<Owner> findForVisitor(PageId page) {
        return sql.select(PAGES.TENANT_ID, PAGES.ACCOUNT_ID)
                .from(PAGES)
                .where(PAGES.ID.eq(page))
                .fetchOptional(row -> new Owner(row.value1(), row.value2()));
    }

    /// Returns the default pages that are open to the public, in the order of their ids. An account's default page is
    /// always within its plan.
    ///
    /// @param after the last page of the previous list
    @AllTenants("the sitemap contains pages of all tenants")
    List<Listed> listed(Optional<PageId> after, int most) {
        return sql.select(PAGES.ID, PAGES.ACCOUNT_ID, PAGES.UPDATED_AT)
                .from(PAGES)
                .where(isListed(after))
                .orderBy(PAGES.ID)
                .limit(most)
                .fetch(row -> new Listed(row.value1(), row.value2(), row.value3()));
    }

    /// Returns the last page of the list that begins after `after`, if more pages follow.
    @AllTenants("the sitemap contains pages of all tenants")
    Optional<PageId> endOf(Optional<PageId> after, int size) {
        List<PageId> ends = sql.select(PAGES.ID)
                .from(PAGES)
                .where(isListed(after))
                .orderBy(PAGES.ID)
                .limit(2)
                .offset(size - 1)
                .fetch(PAGES.ID);
        return ends.size() == 2 ? Optional.of(ends.getFirst()) : Optional.empty();
    }

    private static Condition isListed(Optional<PageId> after) {
        return PAGES.IS_DEFAULT
                .eq(true)
                .and(PAGES.IS_PUBLISHED.eq(true))
                .and(PAGES.ID
                        .coerce(String.class)
                        .gt(after.map(PageId::toString).orElse("")));
    }
}
