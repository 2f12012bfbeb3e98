package dev.banyan.whatsapp.failover;

import module java.base;
import dev.banyan.accounts.IdentityStore;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.Words;
import dev.banyan.whatsapp.Pool;
import dev.banyan.whatsapp.Pools;
import dev.banyan.whatsapp.Pools.Overview;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.access.PoolPages.PoolPage;
import dev.banyan.whatsapp.access.SenderView;
import dev.banyan.whatsapp.failover.FailoverDecision.Kind;
import dev.banyan.whatsapp.failover.FailoverDecision.Verdict;
import dev.banyan.whatsapp.failover.FailoverPage.Entry;
import dev.banyan.whatsapp.failover.FailoverPage.Now;
import dev.banyan.whatsapp.failover.FailoverPage.Other;
import dev.banyan.whatsapp.failover.FailoverPage.Picture;
import dev.banyan.whatsapp.failover.FailoverPage.Plan;
import dev.banyan.whatsapp.failover.FailoverPage.PoolName;
import dev.banyan.whatsapp.failover.FailoverPage.Proposal;
import dev.banyan.whatsapp.failover.FailoverPage.Side;
import jakarta.inject.Singleton;

/// Builds the page of a pool's failover.
@Singleton
record FailoverPages(Pools pools, Failovers failovers, Database database, Clock clock) {

    private static final int DECISIONS = 20;

    static String path(PoolPage page, SenderId master) {
        return page.path("/" + master + "/failover");
    }

    /// @param typed the form as it was typed, if it was refused
    /// @param told what else was refused
    FailoverPage draw(
            PoolPage page,
            Sender master,
            Optional<Map<String, String>> typed,
            FieldErrors errors,
            Optional<String> told) {
        AccountId tenant = page.tenant();
        Instant now = clock.instant();
        Overview overview = pools.overview(tenant);
        Function<SenderId, String> names = overview.names();
        Failovers.Status status = failovers.status(tenant, master.id());
        Optional<FailoverDecision> plan = failovers.drill(tenant, page.actor(), master.id());
        Optional<FailoverDecision> proposal = status.state().failover() == FailoverState.WAITING_FOR_APPROVAL
                ? status.state().decision().flatMap(id -> failovers.decision(tenant, id))
                : Optional.empty();
        List<FailoverDecision> found =
                failovers.decisions(tenant, master.id(), page.query("before").flatMap(Uuids::parse), DECISIONS + 1);
        List<FailoverDecision> shown = found.stream().limit(DECISIONS).toList();
        Function<String, String> people = people(shown);
        String here = path(page, master.id());
        return new FailoverPage(
                page.frame(master.shownName() + " – Failover"),
                page.view(master),
                now(tenant, master, status, plan, proposal, names, now),
                picture(overview, names, master, status, proposal.or(() -> plan)),
                plan.filter(_ -> page.query("drill").isPresent()).map(decision -> plan(decision, names, people, now)),
                typed.orElseGet(() -> FailoverInput.FIELDS.texts(
                        new FailoverInput(status.settings(), Optional.of(status.uncertain())))),
                errors,
                PoolPage.otherMasters(overview, master.id()),
                shown.stream()
                        .map(decision -> new Entry(decision.id().toString(), plan(decision, names, people, now)))
                        .toList(),
                found.size() > DECISIONS
                        ? Optional.of(here + "&before=" + shown.getLast().id() + "#decisions")
                        : Optional.empty(),
                here,
                told);
    }

    private Now now(
            AccountId tenant,
            Sender master,
            Failovers.Status status,
            Optional<FailoverDecision> plan,
            Optional<FailoverDecision> proposal,
            Function<SenderId, String> names,
            Instant now) {
        PoolState state = status.state();
        return new Now(
                word(state),
                tone(state),
                plan.map(drilled -> FailoverOutlook.of(drilled, status.settings(), names))
                        .orElse(""),
                state.standIn().map(id -> new PoolName(id.value(), names.apply(id))),
                SenderView.shortTime(state.changedAt(), now),
                state.changedAt().toString(),
                Words.count(status.waiting(), "message", "messages"),
                proposal.map(decision -> new Proposal(
                        decision.id().toString(),
                        decision.chosen().map(names).orElse(""),
                        decision.trigger(),
                        decision.moved().text())),
                status.settings().failsBack(),
                failovers.standsInFor(tenant, master.id()).stream().map(names).toList());
    }

    /// @param decision what is proposed, or would be decided now
    private static Picture picture(
            Overview overview,
            Function<SenderId, String> names,
            Sender master,
            Failovers.Status status,
            Optional<FailoverDecision> decision) {
        PoolState state = status.state();
        Optional<SenderId> standIn = state.standIn();
        boolean isAsked = state.failover() == FailoverState.WAITING_FOR_APPROVAL;
        return new Picture(
                side(
                        overview,
                        names,
                        master.id(),
                        standIn.isPresent() || isAsked ? "Doesn’t send" : "Sends",
                        standIn.isEmpty() && !isAsked),
                standIn.or(() -> decision.flatMap(FailoverDecision::chosen))
                        .map(other -> side(overview, names, other, standIn.isPresent() ? "Stands in" : "Ready", true)),
                standIn.isPresent()
                        ? "Sends its messages"
                        : isAsked
                                ? "Waits for approval"
                                : "After "
                                        + FailoverOutlook.time(
                                                status.settings().detection().until()));
    }

    private static Side side(
            Overview overview, Function<SenderId, String> names, SenderId id, String word, boolean good) {
        List<Sender> senders = overview.pools().stream()
                .filter(pool -> pool.master().id().equals(id))
                .flatMap(Pool::senders)
                .toList();
        long linked =
                senders.stream().filter(sender -> sender.state().isActive()).count();
        boolean stuck = good && linked == 0;
        return new Side(
                id.value(),
                names.apply(id),
                "%d of %s linked".formatted(linked, Words.count(senders.size(), "number", "numbers")),
                stuck ? "Can’t send" : word,
                good && !stuck ? "good" : "warn");
    }

    static String word(PoolState state) {
        return switch (state.failover()) {
            case NORMAL -> "Normal";
            case FAILING_OVER -> "Failing over";
            case FAILED_OVER -> "Failed over";
            case WAITING_FOR_APPROVAL -> "Waiting for approval";
            case FAILING_BACK -> "Failing back";
        };
    }

    private static String tone(PoolState state) {
        return switch (state.failover()) {
            case NORMAL -> "good";
            case FAILING_OVER, FAILED_OVER, FAILING_BACK -> "warn";
            case WAITING_FOR_APPROVAL -> "bad";
        };
    }

    private static Plan plan(
            FailoverDecision decision, Function<SenderId, String> names, Function<String, String> people, Instant now) {
        return new Plan(
                title(decision, names),
                tone(decision),
                decision.trigger(),
                people.apply(decision.actor()),
                SenderView.shortTime(decision.at(), now),
                SenderView.fullTime(decision.at()),
                decision.at().toString(),
                decision.seen(),
                decision.rules(),
                decision.chosen().map(names),
                decision.rejected().stream()
                        .map(one -> new Other(names.apply(one.candidate()), one.why()))
                        .toList(),
                decision.moved().text(),
                Words.grouped(decision.took().toMillis()) + " ms");
    }

    private static String title(FailoverDecision decision, Function<SenderId, String> names) {
        String chosen = decision.chosen().map(names).orElse("");
        if (decision.kind() == Kind.FAILBACK) {
            return "Moved back";
        }
        return switch (decision.verdict()) {
            case DONE -> "Failed over to " + chosen;
            case APPROVED -> "Approved: failed over to " + chosen;
            case PROPOSED -> "Proposed: fail over to " + chosen;
            case REFUSED -> "Refused: fail over to " + chosen;
            case WITHDRAWN -> "Withdrawn: fail over to " + chosen;
            case IMPOSSIBLE -> "No pool can stand in";
        };
    }

    private static String tone(FailoverDecision decision) {
        return decision.kind() == Kind.FAILBACK ? "good" : decision.verdict() == Verdict.IMPOSSIBLE ? "bad" : "warn";
    }

    /// Returns how people are called who made these decisions, with one look-up for each person.
    private Function<String, String> people(List<FailoverDecision> decisions) {
        Map<String, String> known = new HashMap<>(Map.of("server", "Banyan", "console", "Console"));
        List<UUID> members = decisions.stream()
                .map(FailoverDecision::actor)
                .distinct()
                .flatMap(actor -> Uuids.parse(actor).stream())
                .toList();
        if (!members.isEmpty()) {
            database.read(tx -> {
                members.forEach(id -> new IdentityStore(tx)
                        .find(new IdentityId(id))
                        .ifPresent(
                                person -> known.put(id.toString(), person.name().orElse(person.email()))));
                return members;
            });
        }
        return actor -> known.getOrDefault(actor, actor);
    }
}
