package dev.banyan.accounts;

import static dev.banyan.schema.Tables.ACCOUNTS;
import static dev.banyan.schema.Tables.ACCOUNT_WORDS;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Owner;
import dev.banyan.platform.db.AllTenants;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.search.SearchWords;
import dev.banyan.platform.search.WordIndex;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.impl.DSL;

/// The words that accounts are found by.
public final class AccountWordStore extends Store {

    private final WordIndex<AccountId> index;

    public AccountWordStore(Tx tx) {
        super(tx);
        this.index = new WordIndex<>(tx, ACCOUNT_WORDS, ACCOUNT_WORDS.WORD, ACCOUNT_WORDS.ACCOUNT_ID);
    }

    /// Rewrites the words of an account from its current names.
    void refresh(Owner owner) {
        index.replace(
                ACCOUNT_WORDS.TENANT_ID.eq(owner.tenant()).and(ACCOUNT_WORDS.ACCOUNT_ID.eq(owner.account())),
                sql.select(ACCOUNTS.USERNAME, ACCOUNTS.DISPLAY_NAME, ACCOUNTS.INTERNAL_LABEL, ACCOUNTS.EMAIL)
                        .from(ACCOUNTS)
                        .where(ACCOUNTS.TENANT_ID.eq(owner.tenant()), ACCOUNTS.ID.eq(owner.account()))
                        .fetchOptional()
                        .map(row -> words(owner, row))
                        .orElse(Set.of()),
                row(owner));
    }

    private static Map<Field<?>, Object> row(Owner owner) {
        return Map.of(
                ACCOUNT_WORDS.SCOPE_ID, owner.isSubAccount() ? owner.tenant() : AccountId.SERVER,
                ACCOUNT_WORDS.TENANT_ID, owner.tenant(),
                ACCOUNT_WORDS.ACCOUNT_ID, owner.account());
    }

    private static Set<String> words(Owner owner, Record row) {
        return SearchWords.of(row.get(ACCOUNTS.USERNAME), otherNames(owner, row));
    }

    /// Adds the words with signs of some accounts ([WordIndex#addSigned]).
    @AllTenants("a job indexes the texts of all tenants")
    public Optional<String> addSigned(String after) {
        return index.addSigned(
                sql.selectFrom(ACCOUNTS).where(DSL.noCondition()),
                ACCOUNTS.ID,
                row -> words(owner(row), row),
                row -> row(owner(row)),
                after);
    }

    private static Owner owner(Record row) {
        return new Owner(row.get(ACCOUNTS.TENANT_ID), row.get(ACCOUNTS.ID));
    }

    private static List<String> otherNames(Owner owner, Record row) {
        var others = new ArrayList<String>();
        others.add(row.get(ACCOUNTS.DISPLAY_NAME));
        Optional.ofNullable(row.get(ACCOUNTS.INTERNAL_LABEL)).ifPresent(others::add);
        if (!owner.isSubAccount()) { // operators know people by their e-mail
            Optional.ofNullable(row.get(ACCOUNTS.EMAIL))
                    .map(email -> email.substring(0, Math.max(0, email.indexOf('@'))))
                    .ifPresent(others::add);
        }
        return others;
    }

    /// Returns the sub-accounts that a search may find ([WordIndex#candidates]).
    ///
    /// @param among limits them to these, if present
    WordIndex.Candidates<AccountId> candidates(
            AccountId tenant, Optional<? extends Collection<AccountId>> among, String search, int enough) {
        return index.candidates(
                ACCOUNT_WORDS
                        .SCOPE_ID
                        .eq(tenant)
                        .and(among.<Condition>map(ACCOUNT_WORDS.ACCOUNT_ID::in).orElse(DSL.noCondition())),
                search,
                enough);
    }

    /// Returns a condition on accounts ([WordIndex#matching]).
    ///
    /// @param scope the tenant whose sub-accounts are searched; the server for root accounts
    Condition matching(AccountId scope, String search) {
        return index.matching(
                ACCOUNT_WORDS.SCOPE_ID.eq(scope),
                ACCOUNT_WORDS.TENANT_ID.eq(ACCOUNTS.TENANT_ID).and(ACCOUNT_WORDS.ACCOUNT_ID.eq(ACCOUNTS.ID)),
                ACCOUNTS.ID,
                search);
    }
}
