package dev.banyan.accounts.operator;

import module java.base;
import dev.banyan.accounts.Names;
import dev.banyan.accounts.context.OperatorPage;
import dev.banyan.platform.Keyed;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.mail.MailKind;
import dev.banyan.platform.mail.MailState;
import dev.banyan.platform.mail.Outbox;
import dev.banyan.platform.mail.ServerMail;
import dev.banyan.platform.web.page.Choice;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.NavItem;
import dev.banyan.platform.web.page.Words;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/// The outbox for operators: mails that were sent, that wait, and that can't be delivered.
@Path("/operator/mail")
@RunOnVirtualThread
class OperatorMailsPageResource {

    private static final int ROWS = 50;

    private final Outbox outbox;
    private final ServerMail serverMail;

    OperatorMailsPageResource(Outbox outbox, ServerMail serverMail) {
        this.outbox = outbox;
        this.serverMail = serverMail;
    }

    @GET
    public Response list(
            @Context OperatorPage page,
            @QueryParam("q") @DefaultValue("") String search,
            @QueryParam("state") @DefaultValue("") String state,
            @QueryParam("kind") @DefaultValue("") String kind,
            @QueryParam("after") @DefaultValue("") String after) {
        return Html.ok(page(
                page,
                search.strip(),
                Keyed.parse(MailState.class, state),
                Keyed.parse(MailKind.class, kind),
                Uuids.parse(after)));
    }

    private OperatorMailsPage page(
            OperatorPage page,
            String search,
            Optional<MailState> state,
            Optional<MailKind> kind,
            Optional<UUID> after) {
        Outbox.Listed listed = outbox.list(new Outbox.Query(Names.lower(search), state, kind, after), ROWS);
        long troubles = outbox.troubles().all();
        return new OperatorMailsPage(
                page.frame(NavItem.OPERATOR_MAIL, "Mail"),
                search,
                state.map(MailState::key).orElse(""),
                kind.map(MailKind::key).orElse(""),
                Arrays.stream(MailState.values())
                        .map(known -> new Choice(known.key(), known.label()))
                        .toList(),
                Arrays.stream(MailKind.values())
                        .map(known -> new Choice(known.key(), known.label()))
                        .toList(),
                listed.entries().stream().map(OperatorMailsPageResource::row).toList(),
                troubles == 0 ? "" : Words.count(troubles, "email does", "emails do"),
                serverMail.isConnected(),
                !search.isEmpty() || state.isPresent() || kind.isPresent(),
                after.isEmpty(),
                listed.next().map(UUID::toString));
    }

    private static OperatorMailsPage.Row row(Outbox.Entry mail) {
        return new OperatorMailsPage.Row(
                mail.id().toString(),
                Words.time(mail.createdAt()),
                mail.recipient(),
                mail.subject(),
                mail.kind().label(),
                mail.state().label(),
                switch (mail.state()) {
                    case SENT -> "good";
                    case FAILING, GIVEN_UP -> "bad";
                    case WAITING, DISCARDED -> "idle";
                },
                mail.attempts(),
                mail.error());
    }

    @GET
    @Path("{mailId}")
    public Response show(@Context OperatorPage page, @PathParam("mailId") String mailId) {
        Outbox.Whole whole = find(page, mailId);
        Outbox.Entry mail = whole.entry();
        boolean isTried = mail.state() == MailState.WAITING || mail.state() == MailState.FAILING;
        return Html.ok(new OperatorMailPage(
                page.frame(NavItem.OPERATOR_MAIL, mail.subject()),
                row(mail),
                isTried ? Optional.of(Words.time(mail.dueAt())) : Optional.empty(),
                mail.sentAt().map(Words::time),
                whole.body(),
                mail.state().isOpen()));
    }

    private Outbox.Whole find(OperatorPage page, String id) {
        return Uuids.parse(id).flatMap(outbox::find).orElseThrow(page::unknown);
    }

    @POST
    @Path("{mailId}/retry")
    public Response retry(@Context OperatorPage page, @PathParam("mailId") String mailId) {
        return act(page, mailId, id -> outbox.retry(page.actor(), id), "mail-retried");
    }

    @POST
    @Path("{mailId}/discard")
    public Response discard(@Context OperatorPage page, @PathParam("mailId") String mailId) {
        return act(page, mailId, id -> outbox.discard(page.actor(), id), "mail-discarded");
    }

    private Response act(OperatorPage page, String mailId, Predicate<UUID> act, String done) {
        UUID id = find(page, mailId).entry().id();
        return Html.seeOther("/operator/mail/" + id + "?done=" + (act.test(id) ? done : "mail-gone"));
    }
}
