package dev.banyan.console.numbers;

import static dev.banyan.console.Command.Group.POOLS;
import static dev.banyan.console.numbers.SenderChoice.Kind.MASTER;

import module java.base;
import dev.banyan.accounts.Account;
import dev.banyan.console.Command;
import dev.banyan.console.Command.Suggestions;
import dev.banyan.console.CommandRefused;
import dev.banyan.console.CommandResult;
import dev.banyan.console.Frame;
import dev.banyan.console.Order;
import dev.banyan.console.numbers.SenderChoice.Kind;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.whatsapp.Pools;
import dev.banyan.whatsapp.Pools.Overview;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.failover.DecisionView;
import dev.banyan.whatsapp.failover.FailoverDecision;
import dev.banyan.whatsapp.failover.FailoverInput;
import dev.banyan.whatsapp.failover.FailoverOutlook;
import dev.banyan.whatsapp.failover.FailoverPolicy;
import dev.banyan.whatsapp.failover.FailoverSettings;
import dev.banyan.whatsapp.failover.FailoverSettings.Detection;
import dev.banyan.whatsapp.failover.Failovers;
import dev.banyan.whatsapp.failover.PoolState;
import jakarta.inject.Singleton;

/// The commands about failovers.
@Singleton
public record FailoverCommands(SenderChoice choice, Pools pools, Failovers failovers) {

    private static final String TO = "--to";
    private static final String NONE = "none";
    private static final int WORDS = 12;
    private static final int LOGGED = 10;
    private static final int MOST_LOGGED = 1_000;
    private static final List<String> NAMES =
            List.of("policy", "backup", "fail-back", "uncertain", "spread", "check", "failures", "recovery", "tries");

    private static final Set<String> BACKUP = Set.of("backup", "backupMaster");

    public List<Command> all() {
        return List.of(
                POOLS.command(
                                "failover status",
                                "Show who stands in for whom",
                                choice.on(MASTER, this::status, this::statuses))
                        .taking(0, 1, "[master-id]", "amira-nasser")
                        .suggesting(choice.ids(MASTER)),
                POOLS.command("failover set", "Show or change how a pool fails over", choice.on(MASTER, this::set))
                        .taking(
                                1,
                                WORDS,
                                "<master-id> [name=value ...]",
                                "amira-nasser policy=auto backup=omar-haddad fail-back=on spread=5")
                        .suggesting(choice.ids(MASTER).then(this::settings)),
                POOLS.command(
                                "failover drill",
                                "Show what would happen if a master failed now",
                                choice.on(MASTER, this::drill))
                        .taking(1, 1, "<master-id>", "amira-nasser")
                        .suggesting(choice.ids(MASTER)),
                POOLS.command("failover start", "Let another pool stand in now", choice.on(MASTER, this::start))
                        .taking(1, 3, "<master-id> [--to <master-id>]", "amira-nasser --to omar-haddad")
                        .suggesting((account, before) -> before.size() == 1
                                ? List.of(new Frame.Word(TO, "the master that stands in", false))
                                : choice.ids(MASTER).words(account, before)),
                POOLS.command("failover back", "Give a pool back what was moved", choice.on(MASTER, this::back))
                        .taking(1, 1, "<master-id>", "amira-nasser")
                        .suggesting(choice.ids(MASTER)),
                POOLS.command("failover approve", "Approve a proposed failover", this::approve)
                        .taking(1, 1, "<decision-id>", "019a9c1e-7a30-7c4e-9a54-0d6f6a1f2b3c")
                        .suggesting(this::proposals),
                POOLS.command("failover refuse", "Refuse a proposed failover", this::refuse)
                        .taking(1, 1, "<decision-id>", "019a9c1e-7a30-7c4e-9a54-0d6f6a1f2b3c")
                        .suggesting(this::proposals),
                POOLS.command("failover log", "Show the decisions about a pool, and why", choice.on(MASTER, this::log))
                        .taking(1, 2, "<master-id> [number]", "amira-nasser 5")
                        .suggesting(choice.ids(MASTER).then(Suggestions.of())));
    }

    private List<Frame.Word> settings(Optional<Account> account, List<String> before) {
        return Stream.of(
                        Arrays.stream(FailoverPolicy.values())
                                .map(policy -> new Frame.Word("policy=" + policy.key(), meaning(policy), false)),
                        account.stream()
                                .flatMap(found -> pools.overview(found.id()).senders())
                                .filter(sender -> sender.isMaster()
                                        && !sender.id().value().equals(before.getFirst()))
                                .map(master -> new Frame.Word("backup=" + master.id(), master.displayName(), false)),
                        KeyValueArguments.words(NAMES).stream())
                .flatMap(words -> words)
                .toList();
    }

    private List<Frame.Word> proposals(Optional<Account> account, List<String> before) {
        return account.stream()
                .flatMap(found -> failovers.proposed(found.id(), MOST_LOGGED).stream())
                .map(decision -> new Frame.Word(
                        decision.id().toString(),
                        decision.pool() + " → "
                                + decision.chosen().map(SenderId::value).orElse(NONE),
                        false))
                .toList();
    }

    private static String meaning(FailoverPolicy policy) {
        return switch (policy) {
            case AUTO -> "any other pool stands in at once";
            case SAME_BRAND_ONLY -> "a pool of the same brand stands in at once";
            case NEVER_SILENT -> "nothing moves until someone approves";
        };
    }

    private CommandResult statuses(Order order) {
        AccountId tenant = order.tenant();
        Map<SenderId, FailoverSettings> settings = failovers.allSettings(tenant);
        Map<SenderId, PoolState> states = failovers.states(tenant);
        Overview overview = pools.overview(tenant);
        List<Sender> masters = overview.senders().filter(Sender::isMaster).toList();
        if (order.json()) {
            return order.show(new FailoverJson.Pools(masters.stream()
                    .map(master -> FailoverJson.of(
                            master,
                            settings.getOrDefault(master.id(), FailoverSettings.DEFAULT),
                            states.getOrDefault(master.id(), PoolState.NORMAL),
                            Optional.empty(),
                            Optional.empty()))
                    .toList()));
        }
        order.say("🔁 FAILOVER:");
        Function<SenderId, String> names = overview.names();
        int number = 0;
        for (Sender master : masters) {
            number++;
            order.say("  " + number + ". " + master.displayName() + " (" + master.id() + ") - "
                    + state(states.getOrDefault(master.id(), PoolState.NORMAL), names) + " ["
                    + settings.getOrDefault(master.id(), FailoverSettings.DEFAULT)
                            .policy()
                            .key() + "]");
        }
        if (masters.isEmpty()) {
            order.say("  (none)");
        }
        return CommandResult.DONE;
    }

    private static String state(PoolState state, Function<SenderId, String> names) {
        return switch (state.failover()) {
            case NORMAL -> "normal";
            case FAILING_OVER -> "failing over";
            case FAILED_OVER ->
                "failed over to " + state.standIn().map(names).orElse(NONE) + " since " + state.changedAt();
            case WAITING_FOR_APPROVAL ->
                "waiting for approval since " + state.changedAt() + ": failover approve "
                        + state.decision().map(UUID::toString).orElse("");
            case FAILING_BACK -> "failing back";
        };
    }

    private CommandResult status(Order order, Sender master) {
        Failovers.Status status = failovers.status(order.tenant(), master.id());
        if (order.json()) {
            return order.show(FailoverJson.of(
                    master,
                    status.settings(),
                    status.state(),
                    Optional.of(status.uncertain()),
                    Optional.of(status.waiting())));
        }
        Function<SenderId, String> names = pools.overview(order.tenant()).names();
        order.say("🔁 FAILOVER: " + master.displayName());
        order.say("");
        order.say("State: " + state(status.state(), names));
        order.say("Waiting Messages: " + status.waiting());
        facts(status, names).forEach((name, value) -> order.say(name + ": " + value));
        outlook(order, master, status.settings(), names).ifPresent(text -> order.say("💡 " + text));
        return CommandResult.DONE;
    }

    private Optional<String> outlook(
            Order order, Sender master, FailoverSettings settings, Function<SenderId, String> names) {
        return failovers
                .drill(order.tenant(), order.actor(), master.id())
                .map(plan -> FailoverOutlook.of(plan, settings, names));
    }

    private static Map<String, String> facts(Failovers.Status status, Function<SenderId, String> names) {
        FailoverSettings settings = status.settings();
        Detection detection = settings.detection();
        var facts = new LinkedHashMap<String, String>();
        facts.put("Policy", settings.policy().key() + " (" + meaning(settings.policy()) + ")");
        facts.put("Backup Master", settings.backup().map(names).orElse(NONE));
        facts.put("Fail-back", settings.failsBack() ? "on" : "off");
        facts.put("Uncertain Messages", status.uncertain().key());
        facts.put("Spread", settings.spread().toMinutes() + " min");
        facts.put(
                "Detection",
                "a check every " + detection.checkSeconds() + " s, failed after " + detection.failures()
                        + ", recovered after " + detection.recoverySeconds() + " s, " + detection.tries() + " tries");
        return facts;
    }

    private CommandResult set(Order order, Sender master) {
        Map<String, String> pairs = KeyValueArguments.of(order, NAMES, FailoverInput.FIELDS);
        if (pairs.isEmpty()) {
            return status(order, master);
        }
        AccountId tenant = order.tenant();
        pairs.replaceAll((name, typed) -> BACKUP.contains(name) ? backup(tenant, typed) : typed);
        var before = new FailoverInput(failovers.settings(tenant, master.id()), Optional.empty());
        FailoverInput input =
                CommandRefused.unless(FailoverInput.FIELDS.pairs(pairs, before), MASTER.notFound(master.id()));
        done(failovers.configure(tenant, order.actor(), master.id(), input.settings(), input.uncertain()), master.id());
        order.say("✅ The failover of " + master.displayName() + " was updated");
        return status(order, master);
    }

    /// Returns the id of a master that may be typed in other ways.
    private String backup(AccountId tenant, String typed) {
        return typed.isEmpty() || typed.equals(NONE)
                ? NONE
                : SenderChoice.find(pools.overview(tenant), MASTER, typed).id().value();
    }

    private static int number(String word) {
        if (!word.matches("[0-9]{1,6}")) {
            throw new CommandRefused("number must be a number");
        }
        return Integer.parseInt(word);
    }

    private CommandResult drill(Order order, Sender master) {
        FailoverDecision plan = failovers
                .drill(order.tenant(), order.actor(), master.id())
                .orElseThrow(() -> Kind.MASTER.notFound(master.id()));
        if (order.json()) {
            return order.show(DecisionView.of(plan));
        }
        Function<SenderId, String> names = pools.overview(order.tenant()).names();
        order.say("🧪 DRILL: what if " + master.displayName() + " failed now? Nothing was changed.");
        order.say("");
        order.say(FailoverOutlook.of(plan, failovers.settings(order.tenant(), master.id()), names));
        explain(order, plan, names);
        return CommandResult.DONE;
    }

    private static void explain(Order order, FailoverDecision decision, Function<SenderId, String> names) {
        decision.seen().forEach(line -> order.say("   Seen: " + line));
        decision.rules().forEach(line -> order.say("   Rule: " + line));
        decision.chosen().ifPresent(id -> order.say("   Chosen: " + names.apply(id)));
        decision.rejected().forEach(one -> order.say("   Not " + names.apply(one.candidate()) + ": " + one.why()));
    }

    private CommandResult start(Order order, Sender master) {
        List<String> words = order.words();
        boolean named = words.size() == 3 && words.get(1).equals(TO);
        if (words.size() > 1 && !named) {
            throw order.misused();
        }
        Overview overview = pools.overview(order.tenant());
        Optional<SenderId> to = named
                ? Optional.of(SenderChoice.find(overview, MASTER, words.get(2)).id())
                : Optional.empty();
        return moved(order, done(failovers.start(order.tenant(), order.actor(), master.id(), to), master.id()));
    }

    private CommandResult back(Order order, Sender master) {
        FailoverDecision decision = done(failovers.back(order.tenant(), order.actor(), master.id()), master.id());
        order.say("✅ " + master.displayName() + " works for itself again");
        return shown(order, decision);
    }

    private CommandResult moved(Order order, FailoverDecision decision) {
        Function<SenderId, String> names = pools.overview(order.tenant()).names();
        order.say("✅ " + decision.chosen().map(names).orElse(NONE) + " now stands in for "
                + names.apply(decision.pool()));
        return shown(order, decision);
    }

    private static CommandResult shown(Order order, FailoverDecision decision) {
        order.say("→ Moved: " + decision.moved().text());
        return order.json() ? order.show(DecisionView.of(decision)) : CommandResult.DONE;
    }

    private interface Decide {
        Outcome<FailoverDecision> about(AccountId tenant, Actor actor, UUID decision);
    }

    private CommandResult approve(Order order) {
        return moved(order, decided(order, failovers::approve));
    }

    private CommandResult refuse(Order order) {
        FailoverDecision decision = decided(order, failovers::refuse);
        order.say("✅ Refused. Nothing was moved");
        return order.json() ? order.show(DecisionView.of(decision)) : CommandResult.DONE;
    }

    private static FailoverDecision decided(Order order, Decide decide) {
        String typed = order.words().getFirst();
        var unknown = new CommandRefused("Decision not found: " + typed);
        UUID id = Uuids.parse(typed).orElseThrow(() -> unknown);
        return CommandRefused.unless(decide.about(order.tenant(), order.actor(), id), unknown);
    }

    private CommandResult log(Order order, Sender master) {
        int most = order.words().stream()
                .skip(1)
                .findFirst()
                .map(FailoverCommands::number)
                .orElse(LOGGED);
        List<FailoverDecision> decisions =
                failovers.decisions(order.tenant(), master.id(), Optional.empty(), Math.clamp(most, 1, MOST_LOGGED));
        if (order.json()) {
            return order.show(new FailoverJson.Decisions(
                    decisions.stream().map(DecisionView::of).toList()));
        }
        Function<SenderId, String> names = pools.overview(order.tenant()).names();
        order.say("🔁 FAILOVER LOG: " + master.displayName());
        for (FailoverDecision decision : decisions) {
            order.say("");
            order.say(decision.at() + " " + title(decision, names));
            order.say("   ID: " + decision.id() + ", by " + decision.actor());
            order.say("   " + decision.trigger());
            explain(order, decision, names);
            order.say("   Moved: " + decision.moved().text() + " in "
                    + decision.took().toMillis() + " ms");
        }
        if (decisions.isEmpty()) {
            order.say("  (none)");
        }
        return CommandResult.DONE;
    }

    private static String title(FailoverDecision decision, Function<SenderId, String> names) {
        var words = new ArrayList<String>();
        words.add(
                switch (decision.kind()) {
                    case FAILOVER -> "failover";
                    case FAILBACK -> "failback";
                });
        words.add(decision.outcome());
        decision.chosen().map(names).ifPresent(name -> words.add("→ " + name));
        return String.join(" ", words);
    }

    private static FailoverDecision done(Outcome<FailoverDecision> outcome, SenderId master) {
        return CommandRefused.unless(outcome, Kind.MASTER.notFound(master));
    }
}
