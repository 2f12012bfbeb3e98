package dev.banyan.accounts.domains;

import module java.base;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.banyan.accounts.Feature;
import dev.banyan.accounts.context.AccountRequest;
import dev.banyan.accounts.plans.FeatureFailure;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.web.answer.DoneMessage;
import dev.banyan.platform.web.answer.EarlyAnswer;
import dev.banyan.platform.web.json.JsonResource;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.Context;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;

/// Custom domains in the API.
@Path("/api/admin/domains")
@RunOnVirtualThread
@JsonResource
@Tag(name = "Domains", description = "Host names of an account’s own, for its pages and workspaces.")
class DomainsResource {

    private static final String UNKNOWN = "Domain not found";
    private static final String FORBIDDEN =
            "Single sign-on or a workspace needs this domain. Only those who may change that can remove it";

    /// @param state pending, active, missing (the proof is gone, for less than seven days), off, or lapsed (the plan
    ///     no longer includes it)
    /// @param servedUntil until when it is served without a plan that includes it
    /// @param problem what the last check found wrong; of an active one, also that it doesn't lead to this server
    @JsonInclude(Include.NON_ABSENT)
    record DomainView(
            UUID id,
            String domain,
            String state,
            Optional<String> pageId,
            Optional<String> subClientId,
            Optional<String> problem,
            Optional<Instant> provedAt,
            Optional<Instant> checkedAt,
            Optional<Instant> servedUntil,
            Instant createdAt,
            List<DnsRecords.Line> records) {}

    record DomainList(List<DomainView> domains) {}

    record DomainBody(
            @Schema(description = "A full host name, such as links.example.com; required")
            Optional<String> domain,

            @Schema(description = "The page at its /; without it and subClientId, the default page")
            Optional<String> pageId,

            @Schema(description = "The workspace that is there instead of pages")
            Optional<String> subClientId) {}

    private final Domains domains;
    private final DomainStates states;
    private final DnsRecords records;

    DomainsResource(Domains domains, DomainStates states, DnsRecords records) {
        this.domains = domains;
        this.states = states;
        this.records = records;
    }

    @GET
    @Operation(summary = "List the account's domains, and the DNS records that each needs")
    @APIResponseSchema(value = DomainList.class, responseDescription = "Oldest first")
    public DomainList list(@Context AccountRequest request) {
        return new DomainList(
                domains.list(request.context().owner()).stream().map(this::view).toList());
    }

    private DomainView view(Domain domain) {
        return new DomainView(
                domain.id(),
                domain.host().value(),
                domain.shownState(),
                domain.page(),
                domain.workspace(),
                domain.trouble(),
                domain.provedAt(),
                domain.checkedAt(),
                domain.lapse().map(Domain.Lapse::endsAt),
                domain.createdAt(),
                records.of(domain));
    }

    @POST
    @Operation(summary = "Add a domain; its proof is looked up at once")
    @APIResponseSchema(value = DomainView.class, responseCode = "201", responseDescription = "Added")
    @APIResponse(responseCode = "400", description = "Not a full host name, or this server's own")
    @APIResponse(responseCode = "403", description = "The plan doesn't include custom domains")
    @APIResponse(responseCode = "404", description = "The page or workspace isn't the account's")
    @APIResponse(responseCode = "409", description = "The account has this domain already")
    @ResponseStatus(201)
    public DomainView add(@Context AccountRequest request, DomainBody body) {
        var wish = new Domains.Wish(body.domain().orElse(""), filled(body.pageId()), filled(body.subClientId()));
        return switch (domains.add(request.context(), wish)) {
            case Domains.Added.Done(Domain domain) -> view(domain);
            case Domains.Added.NotInPlan(var tier) ->
                throw AccountRequest.refused(403, FeatureFailure.of(Feature.CUSTOM_DOMAIN, tier));
            case Domains.Added.Known _ -> throw AccountRequest.refused(409, "This domain is already in your account");
            case Domains.Added.Refused(Refusal.NotFound _) ->
                throw AccountRequest.refused(404, "Page or workspace not found");
            case Domains.Added.Refused(Refusal refusal) -> throw refused(refusal);
        };
    }

    private static Optional<String> filled(Optional<String> text) {
        return text.map(String::strip).filter(id -> !id.isEmpty());
    }

    private static EarlyAnswer refused(Refusal refusal) {
        return switch (refusal) {
            case Refusal.Rejected rejected ->
                AccountRequest.refused(400, rejected.first().apiMessage());
            case Refusal.Forbidden _ -> AccountRequest.refused(403, FORBIDDEN);
            case Refusal.LimitReached limit ->
                AccountRequest.refused(400, "An account can have at most " + limit.max() + " domains");
            default -> AccountRequest.refused(404, UNKNOWN);
        };
    }

    @POST
    @Path("{domainId}/check")
    @Operation(summary = "Look the proof of a domain up now")
    @APIResponseSchema(value = DomainView.class, responseDescription = "The domain as it is now")
    @APIResponse(responseCode = "404", description = "The account doesn’t have this domain")
    public DomainView check(@Context AccountRequest request, @PathParam("domainId") String id) {
        return view(states.check(request.context().owner(), parse(id)).orElseThrow(DomainsResource::refused));
    }

    @DELETE
    @Path("{domainId}")
    @Operation(summary = "Remove a domain; nothing of the account is shown there any more")
    @APIResponseSchema(value = DoneMessage.class, responseDescription = "Removed")
    @APIResponse(
            responseCode = "403",
            description = "Single sign-on or a workspace needs the domain, which the caller may not change")
    @APIResponse(responseCode = "404", description = "The account doesn’t have this domain")
    public DoneMessage remove(@Context AccountRequest request, @PathParam("domainId") String id) {
        domains.remove(request.context(), parse(id)).orElseThrow(DomainsResource::refused);
        return new DoneMessage("Domain removed successfully");
    }

    private static UUID parse(String id) {
        return Uuids.parse(id).orElseThrow(() -> refused(new Refusal.NotFound()));
    }
}
