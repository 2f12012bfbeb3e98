package dev.banyan.siblings;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.platform.db.TestDatabases;
import dev.banyan.siblings.OwnerConditions.Place;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Every store is limited to the given owner: for every call in a contract test, a sibling who makes the same call gets
/// no data of the owner, and would get some if any condition were missing. Stores and tests are found automatically.
/// The removed conditions, and whether that was detected, are written to `target/owner-conditions.md`.
class SiblingIsolationTest {

    private static final Path TABLE = Path.of("target/owner-conditions.md");

    /// Parameters that don't separate owners, and why that is right.
    private static final Map<String, String> TOGETHER = Map.ofEntries(
            Map.entry("IdentityStore.setHome home", "the person whose home it becomes comes first"),
            Map.entry("RecentContextStore.remember owner.account", "the person whose list it is comes second"),
            Map.entry("RecentContextStore.remember owner.tenant", "the person whose list it is comes second"),
            Map.entry("AccountStore.isTakenFor tenant", "names are unique on the whole server"),
            Map.entry("AccountStore.languages owner.account", "brands without a language have their agency’s"),
            Map.entry("SubAccountStore.update tenant", "the words of an account are under its own owner"),
            Map.entry("UsageStore.moveTenant owner.account", "what all accounts of a tenant use together"),
            Map.entry("UsageStore.usedBefore owner.account", "what all accounts of a tenant use together"),
            Map.entry("UsageStore.usedByTenant owner.account", "what all accounts of a tenant use together"),
            Map.entry("WorkspaceUserStore.insert tenant", "users are numbered on the whole server"),
            Map.entry("WorkspaceUserStore.insert workspace", "users are numbered on the whole server"),
            Map.entry("EndpointStore.hearing owner.account", "endpoints of an agency hear of all its brands"));

    /// Store methods that no contract test calls, and why.
    private static final Map<String, String> NOT_ASKED = Map.of(
            "PortfolioStore.lock", "holds rows until the commit and says nothing",
            "WorkspaceStore.lock", "holds a row until the commit and says nothing",
            "VisitStore.addShortLinks", "is what `add` does, which is asked");

    /// Conditions without effect, and why they exist all the same.
    private static final Map<String, String> WITHOUT_EFFECT = Map.ofEntries(
            Map.entry(
                    "PortfolioStore whatsapp_connections.tenant_id",
                    "the lock holds rows until the commit and says nothing"),
            Map.entry(
                    "ContactWordStore contact_words.tenant_id",
                    "what is found by words and what is read of it ask the same, each for the other"),
            Map.entry(
                    "ContactWordStore contacts.tenant_id",
                    "what is found by words and what is read of it ask the same, each for the other"),
            Map.entry(
                    "PageWordStore link_words.tenant_id",
                    "what is found by words and what is read of it ask the same, each for the other"),
            Map.entry(
                    "PageWordStore links.tenant_id",
                    "what is found by words and what is read of it ask the same, each for the other"),
            Map.entry(
                    "PageWordStore page_words.tenant_id",
                    "what is found by words and what is read of it ask the same, each for the other"),
            Map.entry(
                    "PageWordStore pages.tenant_id",
                    "what is found by words and what is read of it ask the same, each for the other"),
            Map.entry(
                    "ShortLinkStore short_link_words.tenant_id",
                    "what is found by words and what is read of it ask the same, each for the other"),
            Map.entry(
                    "ShortLinkStore short_links.tenant_id",
                    "what is found by words and what is read of it ask the same, each for the other"),
            Map.entry("PageStore pages.account_id", "chooses among the tenant's accounts alone"),
            Map.entry("TenantVisitStore visit_days.account_id", "chooses among the tenant's accounts alone"),
            Map.entry(
                    "WorkspaceInboxStore inbox_threads.sub_client_id",
                    "the counter that gets the number is asked for the same owner"),
            Map.entry(
                    "WorkspaceInboxStore inbox_threads.tenant_id",
                    "the counter that gets the number is asked for the same owner"),
            Map.entry(
                    "WorkspaceWordStore projects.tenant_id",
                    "what is found by words and what is read of it ask the same, each for the other"),
            Map.entry(
                    "WorkspaceWordStore workspace_words.tenant_id",
                    "what is found by words and what is read of it ask the same, each for the other"),
            Map.entry(
                    "WorkspaceWordStore projects.account_id",
                    "the inboxes that are listed are asked for the same owner"),
            Map.entry("AssistantStore assistant_rules.sub_client_id", "its own row is asked for the same owner first"),
            Map.entry("AssistantStore assistant_rules.tenant_id", "its own row is asked for the same owner first"),
            Map.entry("AttachmentStore conversations.sub_client_id", "the file itself is asked for the same owner"),
            Map.entry("AttachmentStore conversations.tenant_id", "the file itself is asked for the same owner"),
            Map.entry(
                    "AttachmentStore workspace_storage.sub_client_id",
                    "comes only after a file of the owner's has gone"),
            Map.entry("AttachmentStore workspace_storage.tenant_id", "comes only after a file of the owner's has gone"),
            Map.entry(
                    "AuditStore audit_events.tenant_id",
                    "what is chosen and what is changed ask the same, each for the other"),
            Map.entry(
                    "SecondFactorStore backup_codes.identity_id",
                    "what is chosen and what is changed ask the same, each for the other"),
            Map.entry(
                    "WorkspaceSessionStore sub_clients.tenant_id",
                    "what is chosen and what is changed ask the same, each for the other"),
            Map.entry(
                    "WorkspaceSessionStore workspace_sessions.tenant_id",
                    "what is chosen and what is changed ask the same, each for the other"),
            Map.entry(
                    "MembershipStore membership_accounts.identity_id",
                    "comes only after the person's membership was changed"),
            Map.entry(
                    "MembershipStore membership_accounts.tenant_id",
                    "comes only after the person's membership was changed"),
            Map.entry(
                    "MembershipStore identities.home_account_id",
                    "says which of the tenant's; the tenant stands beside it"),
            Map.entry("VisitStore visit_days.account_id", "says which of the tenant's; the tenant stands beside it"),
            Map.entry("MigrationStore move_steps.tenant_id", "the project is asked for the same owner"),
            Map.entry("MigrationStore sub_clients.tenant_id", "the project is asked for the same owner"),
            Map.entry(
                    "WorkspaceStore sub_clients.tenant_id",
                    "holds a row until the commit and says nothing; else the project is asked for the same owner"),
            Map.entry("ThreadMessageStore assistants.sub_client_id", "the thread is asked for the same owner"),
            Map.entry("ThreadMessageStore assistants.tenant_id", "the thread is asked for the same owner"),
            Map.entry("ThreadMessageStore conversations.sub_client_id", "the messages are asked for the same owner"),
            Map.entry("ThreadMessageStore inbox_threads.sub_client_id", "the messages are asked for the same owner"),
            Map.entry("ThreadMessageStore inbox_threads.tenant_id", "the messages are asked for the same owner"),
            Map.entry("ThreadMessageStore conversations.tenant_id", "the messages are asked for the same owner"),
            Map.entry(
                    "RecipientStore campaign_recipients.tenant_id",
                    "what is chosen and what is changed ask the same, each for the other"),
            Map.entry(
                    "RecipientStore campaigns.tenant_id",
                    "what is chosen and what is changed ask the same, each for the other"),
            Map.entry(
                    "ContactPartStore campaign_recipients.tenant_id",
                    "the keys of what moved are asked for the same owner"),
            Map.entry(
                    "ContactPartStore contact_aliases.tenant_id",
                    "the keys of what moved are asked for the same owner"),
            Map.entry(
                    "ContactPartStore message_reactions.tenant_id",
                    "the keys of what moved are asked for the same owner"),
            Map.entry("OutgoingStore pool_contacts.tenant_id", "the messages are asked for the same owner"),
            Map.entry("OutgoingStore incoming_messages.tenant_id", "the messages are asked for the same owner"),
            Map.entry("AccountStore accounts.tenant_id", "a root account has the id of its tenant, and both are asked"),
            Map.entry("UsageStore accounts.tenant_id", "the tenant's sum is asked for the same tenant"),
            Map.entry(
                    "WorkspaceSsoSessionStore workspace_sso_links.sub_client_id",
                    "the sessions are asked for the same owner"),
            Map.entry(
                    "WorkspaceSsoSessionStore workspace_sso_links.tenant_id",
                    "the sessions are asked for the same owner"),
            Map.entry(
                    "WorkspaceUserStore projects.tenant_id",
                    "the users and the account's project ask the same, each for the other"),
            Map.entry(
                    "WorkspaceUserStore sub_client_users.tenant_id",
                    "the users and the account's project ask the same, each for the other"));

    private static final ContractRun RUN = new ContractRun();
    private static List<String> failures = List.of();

    @BeforeAll
    static void theContractTestsRun() throws IOException {
        // The conditions are the same on both databases; SQLite is faster.
        System.setProperty(TestDatabases.ONLY, TestDatabases.SQLITE.name());
        try {
            failures = RUN.run(RUN.tests());
        } finally {
            System.clearProperty(TestDatabases.ONLY);
        }
        Files.writeString(TABLE, table());
    }

    @Test
    void theContractTestsHoldWithWovenStores() {
        assertThat(failures).isEmpty();
    }

    @Test
    void aSiblingGetsNothingOfWhatSomebodyElseHas() {
        var leaks = new TreeMap<>(Siblings.leaks());
        leaks.keySet().removeAll(TOGETHER.keySet());
        assertThat(leaks.values())
                .as("what siblings got: the owner's id belongs into the WHERE clause of the method that is named")
                .isEmpty();
    }

    @Test
    void everyStoreIsAskedForASibling() {
        var open = new TreeSet<>(RUN.stores().stream()
                .flatMap(store -> Siblings.questionsOf(store).stream())
                .toList());
        open.removeAll(Siblings.toldApart());
        open.removeAll(Siblings.onlyInserts());
        assertThat(open)
                .as("not shown to keep siblings apart: ask it in a test with @OnEveryDatabase, of an owner who has"
                        + " something to be seen or changed")
                .containsExactlyInAnyOrderElementsOf(NOT_ASKED.keySet());
    }

    @Test
    void whoeverLeavesOutAConditionIsFoundOut() {
        assertThat(unnoticed())
                .as("conditions that could be left out without a test that fails: ask the method in a test with"
                        + " @OnEveryDatabase where only this condition keeps a sibling's hands off")
                .containsExactlyInAnyOrderElementsOf(WITHOUT_EFFECT.keySet());
    }

    @Test
    void whatNearlyEveryRequestAsksNamesTheTenant() throws IOException {
        Map<String, String> statements = HotStatements.of(RUN.stores());
        String guide = Files.readString(Path.of("docs/growing.md"));
        Set<String> listed = Pattern.compile("(?m)^\\| `(\\w+Store\\.[A-Z_]+)` \\|")
                .matcher(guide)
                .results()
                .map(row -> row.group(1))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(statements.entrySet().stream()
                        .filter(statement -> !HotStatements.namesTheTenant(statement.getValue()))
                        .map(Map.Entry::getKey))
                .as("queries that don't name the tenant, as tests of their stores make them: add the condition, or list"
                        + " them in docs/growing.md")
                .containsExactlyInAnyOrderElementsOf(listed);
        assertThat(guide).contains("Of the " + statements.size() + " queries");
    }

    /// Returns the conditions in the source, some of which are shared by many methods. Comparisons of two columns are
    /// left out, because foreign keys ensure them.
    private static Map<String, Boolean> noticed() {
        var columns = new TreeMap<String, String>();
        var noticed = new TreeMap<String, Boolean>();
        Set<Place> missed = Siblings.missed();
        Siblings.conditions().stream()
                .filter(place -> !place.join())
                .sorted(Comparator.comparing(Place::column))
                .forEach(place -> {
                    String column = columns.computeIfAbsent(place.place(), _ -> place.column());
                    noticed.merge(place.place() + " " + column, missed.contains(place), Boolean::logicalOr);
                });
        return noticed;
    }

    /// Without line numbers, which change.
    private static Set<String> unnoticed() {
        return noticed().entrySet().stream()
                .filter(condition -> !condition.getValue())
                .map(condition -> withoutLine(condition.getKey()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String withoutLine(String condition) {
        return condition.replaceFirst(":\\S+", "");
    }

    private static String table() {
        Map<String, List<Map.Entry<String, Boolean>>> byStore = noticed().entrySet().stream()
                .collect(Collectors.groupingBy(
                        condition -> condition.getKey().split(":")[0], TreeMap::new, Collectors.toList()));
        Stream<String> rows = byStore.entrySet().stream().map(store -> {
            long noticed = store.getValue().stream().filter(Map.Entry::getValue).count();
            String survived = store.getValue().stream()
                    .filter(condition -> !condition.getValue())
                    .map(Map.Entry::getKey)
                    .map(condition -> "`" + condition + "`: "
                            + WITHOUT_EFFECT.getOrDefault(withoutLine(condition), "**not known why**"))
                    .collect(Collectors.joining("; "));
            return "| " + store.getKey() + " | " + store.getValue().size() + " | " + noticed + " | " + survived + " |";
        });
        return "# Conditions on owners' columns, each left out once\n\n"
                + noticed().size() + " conditions, "
                + noticed().values().stream().filter(noticed -> noticed).count()
                + " noticed. Asked through every method that has them, they are "
                + Siblings.conditions().stream().filter(place -> !place.join()).count() + ", of which "
                + Siblings.missed().stream().filter(place -> !place.join()).count() + " noticed.\n\n"
                + "| store | conditions | noticed | not noticed, and why |\n|---|---|---|---|\n"
                + rows.collect(Collectors.joining("\n"))
                + "\n";
    }
}
