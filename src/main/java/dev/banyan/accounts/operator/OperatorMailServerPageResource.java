package dev.banyan.accounts.operator;

import module java.base;
import dev.banyan.accounts.Identities;
import dev.banyan.accounts.context.OperatorPage;
import dev.banyan.accounts.operator.OperatorMailServerPage.Fixed;
import dev.banyan.accounts.operator.OperatorMailServerPage.Tested;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.mail.MailServerForm;
import dev.banyan.platform.mail.MailServerForm.Shown;
import dev.banyan.platform.mail.MailTrial;
import dev.banyan.platform.mail.ServerMail;
import dev.banyan.platform.mail.StoredMailServer;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.secrets.TypedSecrets;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.NavItem;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/// The page on which an operator sets up, tests and removes this server's mail server.
@Path(OperatorMailServerPageResource.PATH)
@RunOnVirtualThread
class OperatorMailServerPageResource {

    static final String PATH = "/operator/mail/server";

    private final ServerMail serverMail;
    private final MailTrial trial;
    private final Identities identities;
    private final Settings settings;
    private final TypedSecrets secrets;

    OperatorMailServerPageResource(
            ServerMail serverMail, MailTrial trial, Identities identities, Settings settings, TypedSecrets secrets) {
        this.serverMail = serverMail;
        this.trial = trial;
        this.identities = identities;
        this.settings = settings;
        this.secrets = secrets;
    }

    @GET
    public Response show(@Context OperatorPage page) {
        Shown form = serverMail.stored().map(Shown::of).orElse(Shown.EMPTY);
        return Html.ok(page(page, form, FieldErrors.NONE, Optional.empty()));
    }

    private OperatorMailServerPage page(OperatorPage page, Shown form, FieldErrors errors, Optional<Tested> tested) {
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
    public Response save(@Context OperatorPage page, @BeanParam MailServerForm form) {
        return serverMail
                .put(page.actor(), form.with(secrets, PATH).input())
                .fold(_ -> Html.seeOther(PATH + "?done=mail-saved"), refusal -> refused(page, form, refusal));
    }

    /// Sends a test email to the operator, through what is entered, or through the settings, which win.
    @POST
    @Path("test")
    public Response test(@Context OperatorPage page, @BeanParam MailServerForm form) {
        String to = identities.named(page.operator().identity()).email();
        if (settings.smtp().isPresent()) {
            return tested(page, form.shown(), to, trial.throughSettings(to));
        }
        Outcome<StoredMailServer> entered =
                serverMail.tried(form.with(secrets, PATH).input());
        return entered.fold(
                server -> tested(page, form.shown(), to, trial.through(server, to)),
                refusal -> refused(page, form, refusal));
    }

    private Response tested(OperatorPage page, Shown form, String to, Optional<String> trouble) {
        var tested = new Tested(trouble.isEmpty(), trouble.orElse("The mail server took a test email to " + to + "."));
        return Html.ok(page(page, form, FieldErrors.NONE, Optional.of(tested)));
    }

    private Response refused(OperatorPage page, MailServerForm form, Refusal refusal) {
        FieldErrors errors = refusal instanceof Refusal.Rejected(List<Invalid> invalid)
                ? FieldErrors.from(invalid)
                : FieldErrors.NONE;
        return Html.invalid(page(page, form.shown(), errors, Optional.empty()));
    }

    @POST
    @Path("remove")
    public Response remove(@Context OperatorPage page) {
        serverMail.remove(page.actor());
        return Html.seeOther(PATH + "?done=mail-removed");
    }
}
