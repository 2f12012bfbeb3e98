package dev.banyan.accounts;

import static dev.banyan.schema.Tables.ACCOUNTS;

import module java.base;
import dev.banyan.platform.Keyed;
import dev.banyan.platform.db.AllTenants;
import org.jooq.Record;
import org.jooq.SelectFieldOrAsterisk;

/// Maps accounts to rows of their table and back.
final class AccountRowStore {

    static final List<SelectFieldOrAsterisk> COLUMNS = List.of(
            ACCOUNTS.ID,
            ACCOUNTS.PARENT_ID,
            ACCOUNTS.USERNAME,
            ACCOUNTS.DISPLAY_NAME,
            ACCOUNTS.EMAIL,
            ACCOUNTS.BIO,
            ACCOUNTS.STATUS,
            ACCOUNTS.SUSPENDS_AT,
            ACCOUNTS.TIER,
            ACCOUNTS.AGENCY_PERMISSION,
            ACCOUNTS.IS_UNLIMITED,
            ACCOUNTS.IS_CHECKLIST_HIDDEN,
            ACCOUNTS.CREATED_BY,
            ACCOUNTS.CREATED_AT);

    private AccountRowStore() {}

    @AllTenants("builds an account from a row that was found")
    static Account account(Record row) {
        return new Account(
                row.get(ACCOUNTS.ID),
                Optional.ofNullable(row.get(ACCOUNTS.PARENT_ID)),
                row.get(ACCOUNTS.USERNAME),
                row.get(ACCOUNTS.DISPLAY_NAME),
                Optional.ofNullable(row.get(ACCOUNTS.EMAIL)),
                Optional.ofNullable(row.get(ACCOUNTS.BIO)),
                Keyed.of(AccountStatus.class, row.get(ACCOUNTS.STATUS)),
                Optional.ofNullable(row.get(ACCOUNTS.SUSPENDS_AT)),
                Keyed.of(Tier.class, row.get(ACCOUNTS.TIER)),
                Optional.ofNullable(row.get(ACCOUNTS.AGENCY_PERMISSION)).flatMap(AgencyPermission::of),
                row.get(ACCOUNTS.IS_UNLIMITED),
                row.get(ACCOUNTS.IS_CHECKLIST_HIDDEN),
                Optional.ofNullable(row.get(ACCOUNTS.CREATED_BY)),
                row.get(ACCOUNTS.CREATED_AT));
    }
}
