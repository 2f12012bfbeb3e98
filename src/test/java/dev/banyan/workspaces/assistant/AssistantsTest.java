package dev.banyan.workspaces.assistant;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.accounts.AccountStore;
import dev.banyan.accounts.StoredAccounts;
import dev.banyan.platform.AtOnce;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.OnEveryDatabase;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.outcome.Outcomes;
import dev.banyan.workspaces.Assistance;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceActor;
import dev.banyan.workspaces.access.WorkspaceChange;
import dev.banyan.workspaces.assistant.AssistantDraft.Hours;
import dev.banyan.workspaces.assistant.AssistantDraft.ModelDraft;
import dev.banyan.workspaces.assistant.AssistantSettings.HandOver;
import dev.banyan.workspaces.assistant.AssistantSettings.Rule;
import org.junit.jupiter.api.Test;

/// The settings of assistants: complete, separate per workspace, and visible only to people with access.
@OnEveryDatabase
class AssistantsTest {

    private static final AssistantDraft FULL = new AssistantDraft(
            "openai",
            true,
            "Hello from {workspace}",
            List.of(new Rule("one", "1"), new Rule("two, deux", "2"), new Rule("ثلاثة", "٣")),
            "No idea",
            new HandOver("person", Optional.of("Soon")),
            "Asia/Dubai",
            List.of(
                    new Hours(DayOfWeek.MONDAY, "09:00", "18:00"),
                    new Hours(DayOfWeek.TUESDAY, "", ""),
                    new Hours(DayOfWeek.TUESDAY, "09:30", "24:00"),
                    new Hours(DayOfWeek.THURSDAY, "00:00", "00:00")),
            "2026-12-03, 2026-12-02",
            "Closed until {opens}",
            new ModelDraft("https://models.example/v1/", "small", "Be kind", "1,25", "100"),
            Optional.of("sk-0123456789abcdef"));

    private final Assistance room;

    AssistantsTest(Database database) {
        this.room = new Assistance(database);
    }

    @Test
    void whatIsSavedIsInForce() {
        assertThat(seen().changed()).isFalse();
        assertThat(room.settings()).isEqualTo(BuiltInRules.SETTINGS);
        assertThat(isForContacts(room.workspace)).isFalse();

        assertThat(room.save(FULL)).isInstanceOf(Outcome.Done.class);

        assertThat(seen().changed()).isTrue();
        AssistantDraft kept = AssistantDraft.of(room.settings());
        assertThat(kept)
                .isEqualTo(new AssistantDraft(
                        "openai",
                        true,
                        FULL.greeting(),
                        FULL.rules(),
                        FULL.fallback(),
                        FULL.handOver(),
                        "Asia/Dubai",
                        List.of(
                                new Hours(DayOfWeek.MONDAY, "09:00", "18:00"),
                                new Hours(DayOfWeek.TUESDAY, "09:30", "00:00"),
                                new Hours(DayOfWeek.THURSDAY, "00:00", "00:00")),
                        "2026-12-02, 2026-12-03",
                        FULL.closedText(),
                        new ModelDraft("https://models.example/v1", "small", "Be kind", "1.25", "100"),
                        Optional.empty()));
        assertThat(isForContacts(room.workspace)).isTrue();
        assertThat(room.save(kept)).isInstanceOf(Outcome.Done.class);
        assertThat(AssistantDraft.of(room.settings())).isEqualTo(kept);
        assertThat(room.settings().model().key()).isPresent();
    }

    @Test
    void anotherWorkspaceKeepsItsOwn() {
        Workspace other = room.newWorkspace(room.agency);
        room.save(FULL);

        assertThat(room.assistants.of(other.owner().tenant(), other.id())).isEqualTo(BuiltInRules.SETTINGS);
        assertThat(isForContacts(other)).isFalse();
        var stranger = StoredAccounts.agency(room.database);
        assertThat(room.assistants.of(stranger.owner().tenant(), room.workspace.id()))
                .isEqualTo(BuiltInRules.SETTINGS);
        var side = new WorkspaceActor.ProjectSide(stranger);
        assertThat(room.assistants.read(side, room.workspace.project(), room.workspace.id()))
                .isEqualTo(Outcome.notFound());
        assertThat(room.assistants.save(side, room.workspace.project(), room.workspace.id(), Assistance.DRAFT))
                .isEqualTo(Outcome.notFound());
        assertThat(room.assistants.ready(side, room.workspace.project(), room.workspace.id(), Assistance.DRAFT))
                .isEqualTo(Outcome.notFound());
        assertThat(AssistantDraft.of(room.settings()).kind()).isEqualTo("openai");
    }

    @Test
    void whatIsTriedIsNotKept() {
        assertThat(room.assistants.ready(room.side(), room.workspace.project(), room.workspace.id(), FULL))
                .isInstanceOf(Outcome.Done.class);

        assertThat(seen().changed()).isFalse();
    }

    @Test
    void everyFieldHasItsRule() {
        var wrong = new AssistantDraft(
                "magic",
                false,
                "x".repeat(2_001),
                List.of(
                        new Rule("???", "answer"),
                        new Rule("words", " "),
                        new Rule("", ""),
                        new Rule("w".repeat(501), "a\u0000")),
                "\u0007",
                new HandOver("x".repeat(501), Optional.of("y".repeat(2_001))),
                "Mars/Olympus",
                List.of(
                        new Hours(DayOfWeek.MONDAY, "9", "18"),
                        new Hours(DayOfWeek.TUESDAY, "18:00", "18:00"),
                        new Hours(DayOfWeek.WEDNESDAY, "09:00", "")),
                "2026-02-30",
                "x".repeat(2_001),
                new ModelDraft("ftp://models.example", "x".repeat(101), "x".repeat(8_001), "2.01", "0"),
                Optional.of("with space"));

        assertThat(Outcomes.refusedFields(room.save(wrong)))
                .containsExactlyInAnyOrder(
                        "kind",
                        "greeting",
                        "rules[0].words",
                        "rules[1].answer",
                        "rules[3].words",
                        "rules[3].answer",
                        "fallback",
                        "handoverWords",
                        "handoverText",
                        "timeZone",
                        "hours.mon",
                        "hours.tue",
                        "hours.wed",
                        "closedDays",
                        "closedText",
                        "endpoint",
                        "model",
                        "instructions",
                        "temperature",
                        "maxTokens",
                        "apiKey");
        assertThat(seen().changed()).isFalse();
    }

    /// Contacts would read the braces, and no person looks at an answer before it is sent.
    @Test
    void answersNameNoPlaceholdersThatAreNotFilled() {
        var draft = new AssistantDraft(
                "rules",
                false,
                "Hello {firstname}, we are {workspace}",
                List.of(new Rule("open", "We open {opens}"), new Rule("price", "Dear {name}, {a1} { b } {}")),
                "{agent} and {Name}",
                new HandOver("person", Optional.of("{who_else}")),
                "UTC",
                List.of(),
                "",
                "Back {opens}, {name}. {workspace}",
                new ModelDraft("", "", "Write “Dear {customer}”.", "", ""),
                Optional.empty());

        assertThat(Outcomes.refusedFields(room.save(draft)))
                .containsExactlyInAnyOrder("greeting", "rules[0].answer", "fallback", "handoverText");
    }

    @Test
    void thereIsAMostOfRulesAndClosedDays() {
        var many = Assistance.DRAFT.withRules(Collections.nCopies(61, new Rule("a", "b")));
        assertThat(Outcomes.refusedFields(room.save(many))).isNotEmpty();
        assertThat(room.save(Assistance.DRAFT.withRules(Collections.nCopies(60, new Rule("a", "b")))))
                .isInstanceOf(Outcome.Done.class);
        assertThat(room.settings().rules()).hasSize(60);
    }

    @Test
    void aModelNeedsAddressAndName() {
        var empty = new AssistantDraft(
                "openai",
                false,
                "",
                List.of(),
                "",
                Assistance.DRAFT.handOver(),
                "UTC",
                List.of(),
                "",
                "",
                new ModelDraft("", "", "", "", ""),
                Optional.empty());

        assertThat(Outcomes.refusedFields(room.save(empty))).containsExactlyInAnyOrder("endpoint", "model");
        for (String endpoint : List.of(
                "models.example",
                "https://",
                "https://a:b@x.example",
                "https://x.example/?k=v",
                "https://x.example/#f",
                "javascript:alert(1)",
                "https://x y")) {
            var draft = new AssistantDraft(
                    "openai",
                    false,
                    "",
                    List.of(),
                    "",
                    empty.handOver(),
                    "UTC",
                    List.of(),
                    "",
                    "",
                    new ModelDraft(endpoint, "m", "", "", ""),
                    Optional.empty());
            assertThat(Outcomes.refusedFields(room.save(draft))).as(endpoint).isNotEmpty();
        }
    }

    @Test
    void savingIsAuditedWithoutTheKey() {
        room.save(FULL);

        String audit = room.database.read(tx -> tx.sql()
                .fetch("SELECT action, details FROM audit_events WHERE action = 'AssistantChanged'")
                .formatJSON());
        assertThat(audit).contains("AssistantChanged").contains("openai").doesNotContain("0123456789");
    }

    @Test
    void usageIsSummedPerDayHoweverManyCountAtOnce() {
        AtOnce.run(20, number -> {
            use(number % 4 == 0);
            return number;
        });
        room.clock.forward(Duration.ofDays(1));
        use(false);

        assertThat(seen().usage())
                .containsExactly(
                        new AssistantUsage("2026-11-21", 1, 0, 10, 3, 0),
                        new AssistantUsage("2026-11-20", 15, 5, 200, 60, 5));
        room.clock.forward(Duration.ofDays(29));
        assertThat(seen().usage()).extracting(AssistantUsage::day).containsExactly("2026-11-21");
    }

    private void use(boolean failed) {
        room.assistants.used(room.workspace.owner().tenant(), room.workspace.id(), failed, 10, 3, failed);
    }

    @Test
    void aWorkspaceThatIsGoneUsesNothing() {
        room.workspaces.update(
                room.side(), room.workspace.project(), room.workspace.id(), WorkspaceChange.suspended(true));
        room.save(FULL);
        room.workspaces.delete(room.side(), room.workspace.project(), room.workspace.id());

        use(false);

        int rows = room.database.read(tx -> tx.sql()
                .fetch(
                        "SELECT * FROM assistant_usage WHERE sub_client_id = ?",
                        room.workspace.id().value())
                .size());
        assertThat(rows).isZero();
    }

    /// Office hours and days of usage begin with the account's time zone.
    @Test
    void untilItIsSavedItIsInTheAccountsTimeZone() {
        assertThat(AssistantDraft.of(seen().settings()).timeZone()).isEqualTo("UTC");
        room.database.write(tx -> {
            new AccountStore(tx).setZone(room.workspace.owner().tenant(), ZoneId.of("Asia/Dubai"), StoredAccounts.NOW);
            return tx;
        });
        assertThat(AssistantDraft.of(seen().settings()).timeZone()).isEqualTo("Asia/Dubai");
        assertThat(seen().zone()).isEqualTo(ZoneId.of("Asia/Dubai"));
        assertThat(seen().changed()).isFalse();
    }

    private Assistants.View seen() {
        return Outcomes.value(room.assistants.read(room.side(), room.workspace.project(), room.workspace.id()));
    }

    private boolean isForContacts(Workspace workspace) {
        return room.database
                .read(tx -> new AssistantStore(tx).find(workspace.owner().tenant(), workspace.id()))
                .filter(AssistantSettings::forContacts)
                .isPresent();
    }
}
