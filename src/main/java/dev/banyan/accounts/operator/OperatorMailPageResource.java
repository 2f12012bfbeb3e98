package dev.banyan.accounts.operator;

import module java.base;
import dev.banyan.accounts.Identities;
import dev.banyan.accounts.Names;
import dev.banyan.accounts.context.OperatorPage;
import dev.banyan.accounts.operator.OperatorMailServerPage.Fixed;
import dev.banyan.accounts.operator.OperatorMailServerPage.Tested;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.Keyed;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.mail.MailKind;
import dev.banyan.platform.mail.MailServerForm;
import dev.banyan.platform.mail.MailServerForm.Shown;
import dev.banyan.platform.mail.MailState;
import dev.banyan.platform.mail.MailTrial;
import dev.banyan.platform.mail.Outbox;
import dev.banyan.platform.mail.ServerMail;
import dev.banyan.platform.mail.StoredMailServer;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.secrets.TypedSecrets;
import dev.banyan.platform.web.page.Choice;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.NavItem;
import dev.banyan.platform.web.page.Words;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/// Mail for operators: the outbox with what was sent, what waits, and what can't be delivered; and this server's mail
/// server, which is set up, tested and removed here.
@Path("/operator/mail")
@RunOnVirtualThread
class OperatorMailPageResource {

    private static final int ROWS = 50;

    static final String SERVER = "/operator/mail/server";

    private final Outbox outbox;
    private final ServerMail serverMail;
    private final MailTrial trial;
    private final Identities identities;
    private final Settings settings;
    private final TypedSecrets secrets;

    OperatorMailPageResource(
            Outbox outbox,
            ServerMail serverMail,
            MailTrial trial,
            Identities identities,
            Settings settings,
            TypedSecrets secrets) {
        this.outbox = outbox;
        this.serverMail = serverMail;
        this.trial = trial;
        this.identities = identities;
        this.settings = settings;
        this.secrets = secrets;
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
                        .map(known -> new Choice(known.key(), known.label))
                        .toList(),
                Arrays.stream(MailKind.values())
                        .map(known -> new Choice(known.key(), known.label))
                        .toList(),
                listed.entries().stream().map(OperatorMailPageResource::row).toList(),
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
                mail.kind().label,
                mail.state().label,
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

    @GET
    @Path("server")
    public Response server(@Context OperatorPage page) {
        Shown form = serverMail.stored().map(Shown::of).orElse(Shown.EMPTY);
        return Html.ok(serverPage(page, form, FieldErrors.NONE, Optional.empty()));
    }

    private OperatorMailServerPage serverPage(
            OperatorPage page, Shown form, FieldErrors errors, Optional<Tested> tested) {
        Optional<StoredMailServer> stored = serverMail.stored();
        return new OperatorMailServerPage(
                page.frame(NavItem.OPERATOR_MAIL, "Mail server"),
                settings.smtp()
                        .map(smtp -> new Fixed(
                                smtp.host(), smtp.port(), smtp.username().orElse(""), settings.mailFrom())),
                form,
                errors,
                stored.isPresent(),
                stored.flatMap(StoredMailServer::sealedPassword).isPresent(),
                tested);
    }

    @POST
    @Path("server")
    public Response saveServer(@Context OperatorPage page, @BeanParam MailServerForm form) {
        return serverMail
                .put(page.actor(), with(page, form).input())
                .fold(_ -> Html.seeOther(SERVER + "?done=mail-saved"), refusal -> refused(page, form, refusal));
    }

    private MailServerForm with(OperatorPage page, MailServerForm form) {
        return form.with(secrets, TypedSecrets.owner(page.operator().identity(), SERVER));
    }

    /// Sends a test email to the operator, through what is entered, or through the settings, which win.
    @POST
    @Path("server/test")
    public Response testServer(@Context OperatorPage page, @BeanParam MailServerForm form) {
        String to = identities.named(page.operator().identity()).email();
        if (settings.smtp().isPresent()) {
            return tested(page, form.shown(), to, trial.throughSettings(to));
        }
        Outcome<StoredMailServer> entered = serverMail.tried(with(page, form).input());
        return entered.fold(
                server -> tested(page, form.shown(), to, trial.through(server, to)),
                refusal -> refused(page, form, refusal));
    }

    private Response tested(OperatorPage page, Shown form, String to, Optional<String> trouble) {
        var tested = new Tested(trouble.isEmpty(), trouble.orElse("The mail server took a test email to " + to + "."));
        return Html.ok(serverPage(page, form, FieldErrors.NONE, Optional.of(tested)));
    }

    private Response refused(OperatorPage page, MailServerForm form, Refusal refusal) {
        FieldErrors errors = refusal instanceof Refusal.Rejected(List<Invalid> invalid)
                ? FieldErrors.from(invalid)
                : FieldErrors.NONE;
        return Html.invalid(serverPage(page, form.shown(), errors, Optional.empty()));
    }

    @POST
    @Path("server/remove")
    public Response removeServer(@Context OperatorPage page) {
        serverMail.remove(page.actor());
        return Html.seeOther(SERVER + "?done=mail-removed");
    }
}
