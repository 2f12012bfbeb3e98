package dev.banyan.whatsapp.messages;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Keyed;
import dev.banyan.platform.Parse;
import dev.banyan.platform.web.answer.EarlyAnswer;
import dev.banyan.platform.web.page.ConfirmPage;
import dev.banyan.platform.web.page.Confirmation;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.Words;
import dev.banyan.whatsapp.DeliveryState;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.access.PoolPages.PoolPage;
import dev.banyan.whatsapp.messages.QueueDecisions.Report;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/// Decisions about many messages of a pool: those that are selected, or all in a state. The first step says how many
/// they are.
@Path("/admin/pools")
@RunOnVirtualThread
class PoolQueuePageResource {

    private final Outgoing outgoing;
    private final QueueDecisions decisions;

    PoolQueuePageResource(Outgoing outgoing, QueueDecisions decisions) {
        this.outgoing = outgoing;
        this.decisions = decisions;
    }

    /// @param state all messages in this state; empty: those that are selected
    private record Chosen(QueueAction action, Optional<DeliveryState> state, List<String> picked) {}

    /// Asks whether it is meant.
    @POST
    @Path("{masterId}/messages/queue")
    public Response ask(
            @Context PoolPage page,
            @FormParam("act") @DefaultValue("") String act,
            @FormParam("state") @DefaultValue("") String state,
            @FormParam("message") List<String> picked) {
        Sender master = page.pool();
        Chosen chosen = chosen(page, master, act, state, picked);
        Report plan = run(page, master, chosen, true);
        if (plan.matched() == 0) {
            return Html.seeOther(page.call(), page.messagesPath(master) + "&done=messages-decided");
        }
        return Html.ok(draw(page, master, chosen, plan));
    }

    @POST
    @Path("{masterId}/messages/queue/run")
    public Response run(
            @Context PoolPage page,
            @FormParam("act") @DefaultValue("") String act,
            @FormParam("state") @DefaultValue("") String state,
            @FormParam("message") List<String> picked) {
        Sender master = page.pool();
        Chosen chosen = chosen(page, master, act, state, picked);
        Report report = run(page, master, chosen, false);
        String done = report.done() == 0 ? "messages-decided" : "messages-" + done(chosen.action());
        return Html.seeOther(
                page.call(),
                page.messagesPath(master)
                        + (report.more()
                                ? chosen.state()
                                        .map(one -> "&state=" + one.key())
                                        .orElse("")
                                : "")
                        + "&done=" + done);
    }

    /// @throws EarlyAnswer which leads back to the messages if nothing of this kind can be chosen
    private static Chosen chosen(PoolPage page, Sender master, String act, String state, List<String> picked) {
        QueueAction action = Keyed.parse(QueueAction.class, act)
                .orElseThrow(() -> new EarlyAnswer(Html.seeOther(page.call(), page.messagesPath(master))));
        return new Chosen(action, Keyed.parse(DeliveryState.class, state), picked);
    }

    private Report run(PoolPage page, Sender master, Chosen chosen, boolean dryRun) {
        AccountId tenant = master.tenant();
        return chosen.state()
                .map(state -> decisions.run(
                        tenant, page.actor(), chosen.action(), QueueFilter.ofPool(master.id(), Set.of(state)), dryRun))
                .orElseGet(() ->
                        decisions.run(tenant, page.actor(), chosen.action(), ids(master, chosen.picked()), dryRun));
    }

    /// Returns those of the selected messages that belong to the pool.
    private Set<UUID> ids(Sender master, List<String> picked) {
        Set<UUID> ids = picked.stream()
                .limit(QueueDecisions.MOST_IDS)
                .flatMap(id -> Parse.of(id, UUID::fromString).stream())
                .collect(Collectors.toSet());
        return outgoing.find(master.tenant(), ids).values().stream()
                .filter(message -> message.pool().equals(master.id()))
                .map(message -> message.id())
                .collect(Collectors.toSet());
    }

    private ConfirmPage draw(PoolPage page, Sender master, Chosen chosen, Report plan) {
        String messages = (plan.more() ? "More than " : "") + Words.count(plan.matched(), "message", "messages");
        String path = PoolPage.BOARD + "/" + master.id() + "/messages";
        var confirm = Confirmation.asking("queue", question(chosen.action()), messages)
                .keep("Don’t change anything", page.messagesPath(master))
                .under("Numbers", PoolPage.BOARD)
                .under("Messages", path)
                .fact(fact(chosen.action()))
                .hidden("act", chosen.action().key())
                .hidden("state", chosen.state().map(DeliveryState::key).orElse(""))
                .action(PoolMessagesPage.QueueButton.label(chosen.action()) + " " + messages, path + "/queue/run");
        if (plan.more()) {
            confirm.words("{} are changed at a time. Repeat this for the rest.", Words.grouped(QueueDecisions.MOST));
        }
        if (chosen.state().isEmpty()) {
            chosen.picked().forEach(id -> confirm.hidden("message", id));
        }
        if (chosen.action() == QueueAction.REQUEUE) {
            confirm.mild();
        }
        return confirm.on(
                page.call(),
                page.frame(master.shownName() + " – Messages"),
                PoolMessagesPage.QueueButton.label(chosen.action()));
    }

    private static String question(QueueAction action) {
        return switch (action) {
            case REQUEUE -> "Resend {}?";
            case GIVE_UP -> "Mark {} as failed?";
            case CANCEL -> "Cancel {}?";
        };
    }

    private static String fact(QueueAction action) {
        return switch (action) {
            case REQUEUE ->
                "They are queued again. If the delivery of one was uncertain, the contact may get it twice.";
            case GIVE_UP -> "They count as not sent. Some may have reached their contacts.";
            case CANCEL -> "They are not sent. This can’t be undone.";
        };
    }

    private static String done(QueueAction action) {
        return switch (action) {
            case REQUEUE -> "resent";
            case GIVE_UP -> "given-up";
            case CANCEL -> "canceled";
        };
    }
}
