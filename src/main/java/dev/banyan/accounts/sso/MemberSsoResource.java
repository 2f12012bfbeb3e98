package dev.banyan.accounts.sso;

import module java.base;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.context.AccountGuard;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.sso.ProviderTests;
import dev.banyan.platform.sso.SsoBody;
import dev.banyan.platform.sso.SsoView;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.json.Answers;
import dev.banyan.platform.web.json.JsonResource;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// Single sign-on of an account’s members in the API.
@Path("/api/admin/sso")
@RunOnVirtualThread
@JsonResource
@Tag(name = "Single sign-on", description = "Sign-in of members at your own provider: OpenID Connect or SAML 2.0.")
class MemberSsoResource {

    /// @param sso omitted if it isn’t set up
    /// @param emailDomains whose people the provider speaks for
    /// @param signInPath where members begin
    /// @param redirectUri the address that an OpenID provider must know
    /// @param metadataUri the address of our SAML metadata, which is our entity id, too
    /// @param acsUri the address to which a SAML provider must post its answers
    @JsonInclude(Include.NON_ABSENT)
    record MemberSso(
            Optional<SsoView> sso,
            List<String> emailDomains,
            String signInPath,
            String redirectUri,
            String metadataUri,
            String acsUri) {

        static MemberSso of(MemberSsoSetup.View view) {
            return new MemberSso(
                    view.stored()
                            .map(stored -> SsoView.of(
                                    stored.settings(),
                                    AccountSso.reach(stored.settings(), stored.emailDomains()),
                                    stored.sealedSecret().isPresent(),
                                    stored.passwordSignIn(),
                                    stored.linkedPasswords(),
                                    view.emergency(),
                                    stored.createdAt(),
                                    stored.updatedAt())),
                    view.stored().map(AccountSso::emailDomains).orElse(List.of()),
                    view.signInPath(),
                    view.redirectAddress(),
                    view.service().entityId(),
                    view.service().answersTo());
        }
    }

    private final AccountGuard acting;
    private final MemberSsoSetup setup;

    MemberSsoResource(AccountGuard acting, MemberSsoSetup setup) {
        this.acting = acting;
        this.setup = setup;
    }

    @GET
    @Operation(summary = "Get the single sign-on of the account's members; secrets are not shown")
    @APIResponseSchema(value = MemberSso.class, responseDescription = "The settings, without `sso` if it isn’t set up")
    @APIResponse(responseCode = "403", description = "Acting for a sub-account, or not as an owner")
    public Response read(@Context Call call) {
        return at(call, setup::read, MemberSsoResource::ok);
    }

    @PUT
    @Operation(summary = "Set up the single sign-on of the account's members; replaces all but an omitted secret")
    @APIResponseSchema(value = MemberSso.class, responseDescription = "Saved")
    @APIResponse(responseCode = "400", description = "A field is invalid or unknown, or a domain isn’t proved")
    @APIResponse(responseCode = "403", description = "Acting for a sub-account, or not as an owner")
    public Response put(@Context Call call, SsoBody body) {
        return at(call, context -> setup.put(context, body), MemberSsoResource::ok);
    }

    @DELETE
    @Operation(summary = "Remove the single sign-on of the account's members, and sign out whom it signed in")
    @APIResponseSchema(value = Answers.Envelope.class, responseDescription = "Removed; members are kept")
    @APIResponse(responseCode = "403", description = "Acting for a sub-account, or not as an owner")
    public Response delete(@Context Call call) {
        return at(call, setup::delete, _ -> Answers.done("Single sign-on removed"));
    }

    @POST
    @Path("test")
    @Operation(summary = "Ask the provider whether the settings would work, before or after saving them")
    @APIResponseSchema(value = ProviderTests.Result.class, responseDescription = "What was found, step by step")
    @APIResponse(responseCode = "400", description = "A field is invalid or unknown")
    @APIResponse(responseCode = "403", description = "Acting for a sub-account, or not as an owner")
    public Response test(@Context Call call, SsoBody body) {
        return at(
                call,
                context -> setup.test(context, body.kind().map(_ -> body)),
                result -> Response.ok(result).build());
    }

    private static Response ok(MemberSsoSetup.View view) {
        return Response.ok(MemberSso.of(view)).build();
    }

    private <T> Response at(Call call, Function<AccountContext, Outcome<T>> work, Function<T, Response> done) {
        return acting.json(
                call,
                context -> acting.managedRefusal(call, context)
                        .orElseGet(() -> work.apply(context).fold(done, MemberSsoResource::refused)));
    }

    private static Response refused(Refusal refusal) {
        return switch (refusal) {
            case Refusal.Rejected rejected -> Answers.failure(rejected.invalid().getFirst());
            case Refusal.TooMany(Duration wait) -> Answers.tooManyFailure(wait);
            case Refusal.NotFound _,
                    Refusal.Forbidden _,
                    Refusal.LimitReached _,
                    Refusal.ReadOnly _,
                    Refusal.Conflict _ -> Answers.failure(403, AccountGuard.NOT_PERMITTED);
        };
    }
}
