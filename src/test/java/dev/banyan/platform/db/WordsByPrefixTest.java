package dev.banyan.platform.db;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Prefix searches use an index, even if PostgreSQL sorts by the rules of a language.
class WordsByPrefixTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    account_words      | by_account      | scope_id = 'a'
                    workspace_words    | by_workspace    | project_id = 'a'
                    conversation_words | by_conversation | sub_client_id = 'a'
                    short_link_words   | by_link         | tenant_id = 'a' AND account_id = 'b'
                    page_words         | by_page         | tenant_id = 'a'
                    link_words         | by_link         | tenant_id = 'a'
                    contact_words      | by_contact      | tenant_id = 'a'
                    """)
    void theIndexKnowsTheBeginning(String table, String other, String scope) {
        try (Database database = TestDatabases.POSTGRES.newMigratedPlace().get()) {
            String plan = database.write(tx -> {
                // In an empty table every index is equally cheap.
                tx.sql().execute("SET LOCAL enable_seqscan = off");
                tx.sql().execute("DROP INDEX " + table + "_" + other);
                tx.sql().execute("ALTER TABLE " + table + " DROP CONSTRAINT " + table + "_pkey");
                return tx.sql()
                        .fetch("EXPLAIN SELECT 1 FROM " + table + " WHERE " + scope + " AND word LIKE 'har%'")
                        .format();
            });
            assertThat(plan).containsPattern("Index Cond: .*word.* ~?>=~? 'har'");
        }
    }
}
