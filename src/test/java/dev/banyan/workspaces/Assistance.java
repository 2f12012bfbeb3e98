package dev.banyan.workspaces;

import module java.base;
import dev.banyan.Eventually;
import dev.banyan.TestClock;
import dev.banyan.TestEvents;
import dev.banyan.TestFolders;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.StoredAccounts;
import dev.banyan.accounts.plans.AccountDays;
import dev.banyan.platform.UniqueTimestamps;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.audit.TestAudit;
import dev.banyan.platform.cluster.OtherNodes;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.http.LocalHttp;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.outcome.Outcomes;
import dev.banyan.platform.secrets.TestSecrets;
import dev.banyan.workspaces.Message.Author;
import dev.banyan.workspaces.access.LookupCache;
import dev.banyan.workspaces.access.Projects;
import dev.banyan.workspaces.access.Workspaces;
import dev.banyan.workspaces.assistant.AnswerReason;
import dev.banyan.workspaces.assistant.Answering;
import dev.banyan.workspaces.assistant.Assistant.Answer;
import dev.banyan.workspaces.assistant.Assistant.Question;
import dev.banyan.workspaces.assistant.AssistantDraft;
import dev.banyan.workspaces.assistant.AssistantDraft.ModelDraft;
import dev.banyan.workspaces.assistant.AssistantSettings;
import dev.banyan.workspaces.assistant.AssistantSettings.HandOver;
import dev.banyan.workspaces.assistant.AssistantSettings.Rule;
import dev.banyan.workspaces.assistant.Assistants;
import dev.banyan.workspaces.assistant.ChosenAssistant;
import dev.banyan.workspaces.assistant.OpenAiAssistant;
import dev.banyan.workspaces.usage.UsageKind;
import dev.banyan.workspaces.usage.UsageLimits;
import dev.banyan.workspaces.usage.UsageMeter;
import dev.banyan.workspaces.usage.WorkspaceUsageStore;

/// A workspace with an assistant, for tests of its answers, with its own database and clock.
public final class Assistance {

    public static final OpenAiAssistant.Patience PATIENCE =
            new OpenAiAssistant.Patience(Eventually.LONGEST, Eventually.LONGEST, Eventually.LONGEST);

    public static final AssistantDraft DRAFT = new AssistantDraft(
            "rules",
            false,
            "",
            List.of(new Rule("price, how much", "Ask {workspace} for a quote, {name}.")),
            "I do not know that.",
            new HandOver("person, human", Optional.of("Somebody of {workspace} will answer.")),
            "UTC",
            List.of(),
            "",
            "",
            new ModelDraft("", "", "", "", ""),
            Optional.empty());

    public final Database database;
    public final TestClock clock = new TestClock();
    public final Path data;
    public final UsageMeter usage;
    public final Assistants assistants;
    public final AccountContext agency;
    final Projects projects;
    public final Workspaces workspaces;
    public final Workspace workspace;
    private OpenAiAssistant.Patience patience = PATIENCE;

    public Assistance(Database database) {
        this.database = database;
        this.data = TestFolders.newFolder("assistant");
        Settings settings = Settings.forTests(data);
        var audit = TestAudit.on(database, clock);
        var lookups = new LookupCache(database, OtherNodes.NONE, settings, clock);
        var ended = new TestEvents<WorkspaceSessionsEnded>();
        this.usage = TestUsage.on(database, clock);
        this.assistants = new Assistants(
                database,
                TestSecrets.sent(settings),
                LocalHttp.client(),
                audit,
                usage,
                new AccountDays(database, clock),
                clock);
        this.projects = new Projects(database, audit, lookups, ended, clock, new Uuids(clock));
        this.workspaces = new Workspaces(database, settings, audit, lookups, ended, clock, new UniqueTimestamps(clock));
        this.agency = StoredAccounts.agency(database);
        this.workspace = newWorkspace(agency);
    }

    public Workspace newWorkspace(AccountContext owner) {
        var wanted = new Projects.Change(Optional.of("Retail"), Optional.empty(), Optional.of(true), Optional.of(true));
        Project project = Outcomes.value(projects.create(owner, wanted));
        return ((Workspaces.Created.Done) workspaces.create(owner, project.id(), "Sales Team", Optional.empty()))
                .workspace();
    }

    /// Allows the workspace this much per month.
    public void limit(UsageKind kind, long most) {
        database.write(tx -> {
            new WorkspaceUsageStore(tx)
                    .setLimits(workspace.owner().tenant(), workspace.id(), new UsageLimits(Map.of(kind, most)));
            return most;
        });
    }

    public WorkspaceActor side() {
        return new WorkspaceActor.ProjectSide(agency);
    }

    public Outcome<Assistants.Ready> save(AssistantDraft draft) {
        return assistants.save(side(), workspace.project(), workspace.id(), draft);
    }

    public AssistantSettings settings() {
        return assistants.of(workspace.owner().tenant(), workspace.id());
    }

    /// Waits only briefly for words of the model, for tests in which none come.
    public void isImpatient() {
        patience = new OpenAiAssistant.Patience(Eventually.LONGEST, Duration.ofSeconds(1), Eventually.LONGEST);
    }

    ChosenAssistant assistant() {
        return new ChosenAssistant(assistants, new OpenAiAssistant(assistants, LocalHttp.client(), patience), clock);
    }

    /// An answer with the events received about it.
    public record Heard(Answer answer, List<String> parts, List<AnswerReason> why) {

        public String text() {
            return String.join("", parts);
        }
    }

    public Heard ask(String... said) {
        return ask(question(List.of(), said), new ArrayList<>());
    }

    public Heard ask(Question question, List<String> parts) {
        return ask(question, parts, new Answering(parts::add));
    }

    public Heard ask(Question question, List<String> parts, Answering answering) {
        var why = new ArrayList<AnswerReason>();
        Answer answer = assistant().answer(settings(), question, answering, why::add);
        return new Heard(answer, parts, why);
    }

    public Question question(List<Message> history, String... said) {
        return new Question(
                workspace.owner().tenant(),
                workspace.id(),
                workspace.name(),
                history,
                Arrays.stream(said)
                        .map(text -> message(history.size() + 1, Author.USER, text, clock.instant()))
                        .toList(),
                Optional.of("Amira"));
    }

    public static Message message(long position, Author author, String text, Instant at) {
        return Message.of(new UUID(0, position), position, author, text, Optional.empty(), at);
    }
}
