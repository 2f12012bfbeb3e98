package dev.banyan.workspaces.assistant;

import module java.base;
import dev.banyan.accounts.plans.AccountDays;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.http.OutboundHttp;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.secrets.SecretsBefore;
import dev.banyan.platform.secrets.SentSecret;
import dev.banyan.platform.secrets.SentSecrets;
import dev.banyan.workspaces.Access;
import dev.banyan.workspaces.ProjectId;
import dev.banyan.workspaces.Right;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceActor;
import dev.banyan.workspaces.WorkspaceId;
import dev.banyan.workspaces.assistant.AssistantSettings.Key;
import dev.banyan.workspaces.assistant.AssistantSettings.Model;
import dev.banyan.workspaces.usage.UsageLimits;
import dev.banyan.workspaces.usage.UsageMeter;
import jakarta.inject.Singleton;

/// The settings of all workspaces' assistants and the usage of their language models.
@Singleton
public record Assistants(
        Database database,
        SentSecrets secrets,
        OutboundHttp outbound,
        Audit audit,
        UsageMeter meter,
        AccountDays days,
        Clock clock)
        implements SecretsBefore {

    private static final int DAYS_SHOWN = 30;
    private static final int END_SHOWN = 4;
    /// Shorter keys don't show their end, which would be a large part of them.
    private static final int LONG_ENOUGH_TO_SHOW = 16;

    /// The assistant of a workspace, for its admins.
    ///
    /// @param changed false if the built-in rules apply
    /// @param usage of the last 30 days, newest first
    /// @param zone of the account, whose days they are
    record View(AssistantSettings settings, boolean changed, List<AssistantUsage> usage, ZoneId zone) {}

    /// What is saved or tried.
    ///
    /// @param settings including their key
    public record Ready(Workspace workspace, AssistantSettings settings) {}

    /// Returns the settings in force in a workspace.
    public AssistantSettings of(AccountId tenant, WorkspaceId workspace) {
        return database.read(tenant, tx -> new AssistantStore(tx).find(tenant, workspace))
                .orElse(BuiltInRules.SETTINGS);
    }

    /// Returns all workspaces' sealed language-model keys, for the doctor, which only checks that they can be opened.
    public static List<String> sealedKeys(Database database) {
        return database.read(tx -> new AssistantStore(tx).sealedKeys());
    }

    Outcome<View> read(WorkspaceActor actor, ProjectId project, WorkspaceId id) {
        return database.read(tx -> Access.to(tx, actor, Right.CHANGE_ASSISTANT, project, id)
                .then(workspace -> {
                    var store = new AssistantStore(tx);
                    AccountId tenant = workspace.owner().tenant();
                    ZoneId zone = AccountDays.zone(tx, tenant);
                    Optional<AssistantSettings> own = store.find(tenant, id);
                    return Outcome.done(new View(
                            own.orElseGet(() -> BuiltInRules.in(zone)),
                            own.isPresent(),
                            store.usage(tenant, id, days.today(tx, tenant).minusDays(DAYS_SHOWN - 1L)),
                            zone));
                }));
    }

    public Outcome<Ready> save(WorkspaceActor actor, ProjectId project, WorkspaceId id, AssistantDraft draft) {
        AssistantDraft.Checked checked = check(actor, project, id, draft);
        Optional<Key> typed = typedKey(actor, id, draft, checked);
        return database.write(tx -> Access.locked(tx, actor, Right.CHANGE_ASSISTANT, project, id)
                .then(workspace -> {
                    AccountId tenant = workspace.owner().tenant();
                    var store = new AssistantStore(tx);
                    return with(actor, workspace, draft, checked, typed, store.find(tenant, id))
                            .map(ready -> {
                                store.save(tenant, id, ready.settings(), clock.instant());
                                Map<String, Object> details = new HashMap<>(actor.auditDetails());
                                details.put("kind", ready.settings().kind().key());
                                details.put("name", workspace.name());
                                audit.note(
                                        tx, actor.actor(), workspace.owner(), "AssistantChanged", id.value(), details);
                                return ready;
                            });
                }));
    }

    /// Returns the settings that [#save] would store, without storing them.
    Outcome<Ready> ready(WorkspaceActor actor, ProjectId project, WorkspaceId id, AssistantDraft draft) {
        AssistantDraft.Checked checked = draft.check();
        Optional<Key> typed = typedKey(actor, id, draft, checked);
        return database.read(tx -> Access.to(tx, actor, Right.CHANGE_ASSISTANT, project, id)
                .then(workspace -> with(
                        actor,
                        workspace,
                        draft,
                        checked,
                        typed,
                        new AssistantStore(tx).find(workspace.owner().tenant(), id))));
    }

    /// Checks the rules, and whether this server calls a new address.
    private AssistantDraft.Checked check(
            WorkspaceActor actor, ProjectId project, WorkspaceId id, AssistantDraft draft) {
        AssistantDraft.Checked checked = draft.check();
        Optional<URI> endpoint = checked instanceof AssistantDraft.Checked.Good(AssistantSettings settings)
                ? settings.model().endpoint()
                : Optional.empty();
        return endpoint.filter(address -> isNew(actor, project, id, address))
                .flatMap(address -> outbound.refused("endpoint", address.getHost()))
                .<AssistantDraft.Checked>map(invalid -> new AssistantDraft.Checked.Bad(List.of(invalid)))
                .orElse(checked);
    }

    /// Returns false too for those who may not change the settings: they learn nothing about addresses.
    private boolean isNew(WorkspaceActor actor, ProjectId project, WorkspaceId id, URI address) {
        return read(actor, project, id)
                .fold(view -> !view.settings().model().endpoint().equals(Optional.of(address)), _ -> false);
    }

    private Optional<Key> typedKey(
            WorkspaceActor actor, WorkspaceId id, AssistantDraft draft, AssistantDraft.Checked checked) {
        if (!(checked instanceof AssistantDraft.Checked.Good(AssistantSettings settings))) {
            return Optional.empty();
        }
        return draft.key()
                .filter(key -> !key.isEmpty())
                .flatMap(key -> settings.model()
                        .endpoint()
                        .map(endpoint -> new Key(
                                secrets.seal(
                                        SentSecret.ASSISTANT,
                                        key,
                                        purpose(actor.owner().tenant(), id),
                                        Model.origin(endpoint)),
                                end(key))));
    }

    private static String end(String key) {
        return key.length() < LONG_ENOUGH_TO_SHOW ? "" : key.substring(key.length() - END_SHOWN);
    }

    /// Adds the stored key only if the server is the one it was typed for: people who change the address must not get
    /// the key sent there. Programs change no address: what people write would go there.
    private static Outcome<Ready> with(
            WorkspaceActor actor,
            Workspace workspace,
            AssistantDraft draft,
            AssistantDraft.Checked checked,
            Optional<Key> typed,
            Optional<AssistantSettings> before) {
        return switch (checked) {
            case AssistantDraft.Checked.Bad bad -> Outcome.rejected(bad.invalid());
            case AssistantDraft.Checked.Good good -> {
                Model model = good.settings().model();
                boolean isAsBefore = model.endpoint().isEmpty()
                        || model.endpoint()
                                .map(Model::origin)
                                .equals(before.map(AssistantSettings::model)
                                        .flatMap(Model::endpoint)
                                        .map(Model::origin));
                if (!isAsBefore && !actor.isInPerson()) {
                    yield Outcome.rejected(new Invalid(
                            "endpoint",
                            "Conversations can’t be sent to another server with an API key. Let an admin set the base"
                                    + " URL on the assistant’s page."));
                }
                Optional<Key> kept = before.map(AssistantSettings::model)
                        .flatMap(Model::key)
                        .filter(_ -> draft.key().isEmpty());
                yield kept.isPresent() && !isAsBefore
                        ? Outcome.rejected(new Invalid(
                                "apiKey",
                                "API key is required again because the base URL points to another server: it was entered for "
                                        + origin(before),
                                "Enter the key for the new base URL, or remove it: it was entered for " + origin(before)
                                        + "."))
                        : Outcome.done(new Ready(
                                workspace,
                                good.settings()
                                        .withModel(model.withKey(
                                                model.endpoint().isEmpty()
                                                        ? Optional.empty()
                                                        : typed.or(() -> kept)))));
            }
        };
    }

    private static String origin(Optional<AssistantSettings> settings) {
        return settings.flatMap(known -> known.model().endpoint())
                .map(Model::origin)
                .orElse("another server");
    }

    /// The purpose a key is sealed for.
    private static String purpose(AccountId tenant, WorkspaceId workspace) {
        return "assistant " + tenant + " " + workspace;
    }

    @Override
    public List<Found> found(Tx tx) {
        return new AssistantStore(tx)
                .keysSealedBefore(SEAL).stream()
                        .map(row -> new Found(
                                SentSecret.ASSISTANT,
                                row.sealed(),
                                purpose(row.tenant(), row.workspace()) + " "
                                        + row.endpoint().getScheme() + "://"
                                        + row.endpoint().getRawAuthority().toLowerCase(Locale.ROOT),
                                purpose(row.tenant(), row.workspace()),
                                Model.origin(row.endpoint()),
                                (then, resealed) -> new AssistantStore(then).reseal(row.tenant(), row, resealed)))
                        .toList();
    }

    /// Opens the key of a model, to send it to the model's server.
    Optional<String> open(AccountId tenant, WorkspaceId workspace, URI endpoint, Key key) {
        return secrets.open(SentSecret.ASSISTANT, key.sealed(), purpose(tenant, workspace), Model.origin(endpoint));
    }

    /// Returns true if the workspace has used up its tokens of this month.
    boolean isModelSpent(AccountId tenant, WorkspaceId workspace) {
        return database.read(
                tenant,
                tx -> UsageLimits.modelSpent(tx, tenant, workspace, clock.instant())
                        .isPresent());
    }

    /// Counts a model's usage; does nothing if the workspace was deleted meanwhile.
    void used(AccountId tenant, WorkspaceId workspace, boolean failed, long input, long output, boolean estimated) {
        String day = LocalDate.ofInstant(clock.instant(), days.zone(tenant)).toString();
        var usage = new AssistantUsage(day, failed ? 0 : 1, failed ? 1 : 0, input, output, estimated ? 1 : 0);
        if (database.write(tenant, tx -> new AssistantStore(tx).use(tenant, workspace, usage))) {
            meter.tokens(workspace, input + output);
        }
    }
}
