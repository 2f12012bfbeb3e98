package dev.banyan.accounts.domains;

import module java.base;
import dev.banyan.accounts.Feature;
import dev.banyan.accounts.context.AccountPage;
import dev.banyan.accounts.plans.FeatureFailure;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.web.answer.EarlyAnswer;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.NavItem;
import dev.banyan.platform.web.page.Words;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.WithFormRead;

/// The page for custom domains. Not under `/admin/domains`, which is another name of the API’s route
/// (`CanonicalRoutes`).
@Path(DomainsPageResource.HOME)
@RunOnVirtualThread
class DomainsPageResource {

    static final String HOME = "/admin/custom-domains";

    /// What was entered, and what is wrong with it.
    private record Form(
            String host,
            Optional<String> page,
            Optional<String> workspace,
            FieldErrors errors,
            Optional<FormProblem> problem) {

        static Form of(String host, String page, String workspace) {
            return new Form(host, filled(page), filled(workspace), FieldErrors.NONE, Optional.empty());
        }

        private static Optional<String> filled(String text) {
            return Optional.of(text.strip()).filter(id -> !id.isEmpty());
        }

        Form with(FormProblem why) {
            return new Form(host, page, workspace, FieldErrors.NONE, Optional.of(why));
        }

        Form with(FieldErrors wrong) {
            return new Form(host, page, workspace, wrong, Optional.empty());
        }
    }

    private final Domains domains;
    private final DomainStates states;
    private final DnsRecords records;
    private final Settings settings;

    DomainsPageResource(Domains domains, DomainStates states, DnsRecords records, Settings settings) {
        this.domains = domains;
        this.states = states;
        this.records = records;
        this.settings = settings;
    }

    @GET
    public Response show(@Context AccountPage page, @QueryParam("workspace") @DefaultValue("") String workspace) {
        var form = Form.of("", "", workspace);
        DomainsPage shown = page(page, form);
        if (form.workspace().isPresent() && shown.workspace().isEmpty()) {
            throw unknown(page);
        }
        return Html.ok(shown);
    }

    private DomainsPage page(AccountPage page, Form form) {
        Domains.Shown shown = domains.shown(page.context(), form.workspace());
        return new DomainsPage(
                page.frame(NavItem.PAGES, "Domains"),
                shown.domains().stream().map(this::row).toList(),
                shown.lacking().map(tier -> FeatureFailure.sentence(Feature.CUSTOM_DOMAIN, tier)),
                page.context().membership().isOwner(),
                form.host(),
                shown.choices().stream()
                        .map(choice -> new DomainsPage.Choice(
                                choice.id(), choice.name(), form.page().equals(Optional.of(choice.id()))))
                        .toList(),
                shown.workspace().map(choice -> new DomainsPage.Choice(choice.id(), choice.name(), true)),
                form.errors(),
                form.problem());
    }

    private DomainsPage.Row row(Domains.Named named) {
        Domain domain = named.domain();
        return new DomainsPage.Row(
                domain.id().toString(),
                domain.host().shown(),
                settings.at(domain.host().value()),
                named.name(),
                tone(domain),
                badge(domain),
                problem(domain),
                domain.checkedAt().map(Words::moment),
                domain.isShown(),
                records.of(domain));
    }

    private static String tone(Domain domain) {
        return switch (domain.state()) {
            case PENDING -> "info";
            case ACTIVE ->
                domain.lapse().isEmpty() && domain.problem().isEmpty() ? "good" : domain.isShown() ? "warn" : "bad";
            case MISSING -> domain.isShown() ? "warn" : "bad";
            case OFF -> "bad";
        };
    }

    private static String badge(Domain domain) {
        if (domain.state().isServed() && domain.lapse().isPresent()) {
            return domain.lapse()
                    .filter(_ -> domain.isShown())
                    .map(lapse -> "Active until " + Words.day(lapse.endsAt()))
                    .orElse("Not in your plan");
        }
        return switch (domain.state()) {
            case PENDING -> "Waiting for DNS";
            case ACTIVE -> domain.problem().isEmpty() ? "Active" : "Verified";
            case MISSING -> "Proof missing";
            case OFF -> "Off";
        };
    }

    private static Optional<String> problem(Domain domain) {
        return domain.missingSince()
                .filter(_ -> domain.state() == Domain.State.MISSING && domain.isShown())
                .map(since -> "The TXT record is gone. Set it again by " + Words.day(since.plus(DomainStates.TOLERATED))
                        + ", or the domain is turned off.")
                .or(domain::trouble);
    }

    @POST
    public Response add(
            @Context AccountPage page,
            @FormParam("domain") @DefaultValue("") String host,
            @FormParam("page") @DefaultValue("") String pageId,
            @FormParam("workspace") @DefaultValue("") String workspace) {
        var form = Form.of(host, pageId, workspace);
        return switch (domains.add(page.context(), new Domains.Wish(host, form.page(), form.workspace()))) {
            case Domains.Added.Done _ -> page.done(HOME, "domain-added");
            case Domains.Added.NotInPlan _ -> Html.answer(403, page(page, form));
            case Domains.Added.Known(Domain known) ->
                conflict(
                        page,
                        form,
                        "You have this domain already.",
                        known.owner().equals(page.context().owner())
                                ? "Find it in the list, or remove it there first."
                                : "It’s at another account of yours. Remove it there first.");
            case Domains.Added.Refused(Refusal refusal) -> refused(page, form, refusal);
        };
    }

    private Response conflict(AccountPage page, Form form, String title, String text) {
        return Html.answer(409, page(page, form.with(new FormProblem(title, text))));
    }

    private Response refused(AccountPage page, Form form, Refusal refusal) {
        return switch (refusal) {
            case Refusal.Rejected(var invalid) -> Html.invalid(page(page, form.with(FieldErrors.from(invalid))));
            case Refusal.LimitReached _ ->
                conflict(
                        page,
                        form,
                        "You have as many domains as an account can have.",
                        "Remove one that is no longer needed.");
            default -> throw unknown(page);
        };
    }

    private static EarlyAnswer unknown(AccountPage page) {
        return page.refused(404, "Page or workspace not found", "It may have been deleted.");
    }

    @POST
    @Path("{domainId}/check")
    @WithFormRead
    public Response check(@Context AccountPage page, @PathParam("domainId") String id) {
        return act(
                page,
                id,
                "domain-checked",
                domain -> states.check(page.context().owner(), domain));
    }

    @POST
    @Path("{domainId}/remove")
    @WithFormRead
    public Response remove(@Context AccountPage page, @PathParam("domainId") String id) {
        return act(page, id, "domain-removed", domain -> domains.remove(page.context(), domain));
    }

    private static Response act(AccountPage page, String id, String done, Function<UUID, Outcome<Domain>> work) {
        Uuids.parse(id)
                .map(work)
                .orElseGet(Outcome::notFound)
                .orElseThrow(refusal -> refusal instanceof Refusal.Forbidden
                        ? page.refused(
                                403,
                                "This domain is in use",
                                "Single sign-on or a workspace needs it. Ask an owner of the account to remove it.")
                        : page.refused(404, "Domain not found", "It may have been removed. Go back to your domains."));
        return page.done(HOME, done);
    }
}
