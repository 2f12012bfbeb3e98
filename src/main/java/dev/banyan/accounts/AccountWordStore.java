package dev.banyan.accounts;

import static dev.banyan.schema.Tables.ACCOUNTS;
import static dev.banyan.schema.Tables.ACCOUNT_WORDS;

import dev.banyan.platform.AccountId;
import dev.banyan.platform.Owner;
import dev.banyan.platform.SearchWords;
import dev.banyan.platform.db.Tx;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;

/// The words that accounts are found by ([SearchWords]): a search reads an index, however many accounts there are.
final class AccountWordStore {

    /// Up to this many matches are sorted. With more, the list is walked in its own order, which fills a page quickly.
    private static final int SORTED_AT_MOST = 500;

    private static final String AFTER_ALL_WORDS = Character.toString(Character.MAX_CODE_POINT);

    private final DSLContext sql;

    AccountWordStore(Tx tx) {
        this.sql = tx.sql();
    }

    /// Rewrites the words of an account from its current names.
    void refresh(Owner owner) {
        sql.deleteFrom(ACCOUNT_WORDS)
                .where(ACCOUNT_WORDS.TENANT_ID.eq(owner.tenant()), ACCOUNT_WORDS.ACCOUNT_ID.eq(owner.account()))
                .execute();
        sql.select(ACCOUNTS.USERNAME, ACCOUNTS.DISPLAY_NAME, ACCOUNTS.INTERNAL_LABEL, ACCOUNTS.EMAIL)
                .from(ACCOUNTS)
                .where(ACCOUNTS.TENANT_ID.eq(owner.tenant()), ACCOUNTS.ID.eq(owner.account()))
                .fetchOptional()
                .ifPresent(row -> insert(owner, row));
    }

    private void insert(Owner owner, Record row) {
        var others = new ArrayList<String>();
        others.add(row.get(ACCOUNTS.DISPLAY_NAME));
        Optional.ofNullable(row.get(ACCOUNTS.INTERNAL_LABEL)).ifPresent(others::add);
        if (!owner.isSubAccount()) { // operators know people by their e-mail
            Optional.ofNullable(row.get(ACCOUNTS.EMAIL))
                    .map(email -> email.substring(0, Math.max(0, email.indexOf('@'))))
                    .ifPresent(others::add);
        }
        var insert = sql.insertInto(
                ACCOUNT_WORDS,
                ACCOUNT_WORDS.SCOPE_ID,
                ACCOUNT_WORDS.WORD,
                ACCOUNT_WORDS.TENANT_ID,
                ACCOUNT_WORDS.ACCOUNT_ID);
        AccountId scope = owner.isSubAccount() ? owner.tenant() : AccountId.SERVER;
        for (String word : SearchWords.of(row.get(ACCOUNTS.USERNAME), others)) {
            insert = insert.values(scope, word, owner.tenant(), owner.account());
        }
        insert.execute();
    }

    /// Returns a condition on accounts: each typed word is the beginning of one of the account's words.
    ///
    /// @param scope the tenant whose sub-accounts are searched; the server for root accounts
    /// @param search the text as typed; finds all accounts if it contains no words
    Condition matching(AccountId scope, String search) {
        if (search.isBlank()) {
            return DSL.noCondition();
        }
        List<String> typed = SearchWords.typed(search).stream()
                .sorted(Comparator.comparing(String::length).reversed())
                .toList();
        if (typed.isEmpty()) {
            return DSL.falseCondition();
        }
        Condition all = typed.stream().map(word -> has(scope, word)).reduce(DSL.noCondition(), Condition::and);
        List<AccountId> found = sql.selectDistinct(ACCOUNT_WORDS.ACCOUNT_ID)
                .from(ACCOUNT_WORDS)
                .where(ACCOUNT_WORDS.SCOPE_ID.eq(scope), begins(typed.getFirst()))
                .limit(SORTED_AT_MOST + 1)
                .fetch(ACCOUNT_WORDS.ACCOUNT_ID);
        return found.size() > SORTED_AT_MOST ? all : ACCOUNTS.ID.in(found).and(all);
    }

    private Condition has(AccountId scope, String word) {
        return DSL.exists(DSL.selectOne()
                .from(ACCOUNT_WORDS)
                .where(
                        ACCOUNT_WORDS.SCOPE_ID.eq(scope),
                        ACCOUNT_WORDS.TENANT_ID.eq(ACCOUNTS.TENANT_ID),
                        ACCOUNT_WORDS.ACCOUNT_ID.eq(ACCOUNTS.ID),
                        begins(word)));
    }

    /// Words consist of letters and digits only, so they contain no wildcards. SQLite uses its index for a range and
    /// not for LIKE; PostgreSQL sorts by the rules of a language, in which such a range may be empty.
    private Condition begins(String word) {
        return sql.dialect().family() == SQLDialect.SQLITE
                ? ACCOUNT_WORDS.WORD.ge(word).and(ACCOUNT_WORDS.WORD.lt(word + AFTER_ALL_WORDS))
                : ACCOUNT_WORDS.WORD.like(word + "%");
    }
}
