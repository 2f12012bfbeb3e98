package dev.banyan.accounts.sso;

import module java.base;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.context.AccountGuard;
import dev.banyan.accounts.context.AccountRequest;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.sso.ProviderTests;
import dev.banyan.platform.sso.SignInList;
import dev.banyan.platform.sso.SsoAddresses;
import dev.banyan.platform.sso.SsoBody;
import dev.banyan.platform.sso.SsoPreset;
import dev.banyan.platform.sso.SsoView;
import dev.banyan.platform.web.answer.EarlyAnswer;
import dev.banyan.platform.web.json.Answers;
import dev.banyan.platform.web.json.JsonResource;
import dev.banyan.platform.web.request.PageQuery;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
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
    /// @param newRedirectUri the redirect address with the account's username of today; omitted if it is the same
    @JsonInclude(Include.NON_ABSENT)
    record MemberSso(
            Optional<SsoView> sso,
            List<String> emailDomains,
            String signInPath,
            String redirectUri,
            String metadataUri,
            String acsUri,
            Optional<String> newRedirectUri) {

        static MemberSso of(MemberSsoSetup.View view) {
            return new MemberSso(
                    view.sso(),
                    view.emailDomains(),
                    view.signInPath(),
                    view.addresses().redirect(),
                    view.addresses().service().entityId(),
                    view.addresses().service().answersTo(),
                    view.others().map(SsoAddresses::redirect));
        }
    }

    private final MemberSsoSetup setup;

    MemberSsoResource(MemberSsoSetup setup) {
        this.setup = setup;
    }

    @GET
    @Operation(summary = "Get the single sign-on of the account's members; secrets are not shown")
    @APIResponseSchema(value = MemberSso.class, responseDescription = "The settings, without `sso` if it isn’t set up")
    @APIResponse(responseCode = "403", description = "Acting for a sub-account, or not as an owner")
    public MemberSso read(@Context AccountRequest request) {
        return MemberSso.of(done(request, setup::read));
    }

    @GET
    @Path("presets")
    @Operation(summary = "List well-known providers: what is entered here, and what to do at the provider")
    @APIResponseSchema(
            value = SsoPreset.Choices.class,
            responseDescription = "The presets, with this account’s addresses")
    @APIResponse(responseCode = "403", description = "Acting for a sub-account, or not as an owner")
    public SsoPreset.Choices presets(@Context AccountRequest request) {
        return SsoPreset.Choices.at(done(request, setup::read).addresses());
    }

    @GET
    @Path("sign-ins")
    @Operation(summary = "List what became of sign-ins at the provider in the last 30 days, newest first")
    @APIResponseSchema(value = SignInList.class, responseDescription = "Use `nextCursor` to get the next page")
    @APIResponse(responseCode = "400", description = "Invalid limit or after")
    @APIResponse(responseCode = "403", description = "Acting for a sub-account, or not as an owner")
    public SignInList signIns(@Context AccountRequest request, @BeanParam PageQuery page) {
        PageQuery.Slice<UUID> slice = page.slice(Uuids::parse);
        return SignInList.of(slice, done(request, context -> setup.signIns(context, slice.after(), slice.most())));
    }

    @PUT
    @Operation(summary = "Set up the single sign-on of the account's members; replaces all but an omitted secret")
    @APIResponseSchema(value = MemberSso.class, responseDescription = "Saved")
    @APIResponse(responseCode = "400", description = "A field is invalid or unknown, or a domain isn’t proved")
    @APIResponse(responseCode = "403", description = "Acting for a sub-account, or not as an owner")
    public MemberSso put(@Context AccountRequest request, SsoBody body) {
        return MemberSso.of(done(request, context -> setup.put(context, body)));
    }

    @PUT
    @Path("address")
    @Operation(
            summary = "Use the account’s username of today in the addresses of its single sign-on",
            description = "After the account got another username. Until then, sign-ins use the address that the"
                    + " provider knows. Enter the new addresses at the provider first.")
    @APIResponseSchema(value = MemberSso.class, responseDescription = "With the new addresses")
    @APIResponse(responseCode = "403", description = "Acting for a sub-account, or not as an owner")
    public MemberSso useNewAddress(@Context AccountRequest request) {
        return MemberSso.of(done(request, setup::useNewAddress));
    }

    @DELETE
    @Operation(summary = "Remove the single sign-on of the account's members, and sign out whom it signed in")
    @APIResponseSchema(value = Answers.Envelope.class, responseDescription = "Removed; members are kept")
    @APIResponse(responseCode = "403", description = "Acting for a sub-account, or not as an owner")
    public Response delete(@Context AccountRequest request) {
        boolean wasThere = done(request, setup::delete);
        return Answers.done(wasThere ? "Single sign-on removed" : "There is no single sign-on to remove");
    }

    @POST
    @Path("test")
    @Operation(summary = "Ask the provider whether the settings would work, before or after saving them")
    @APIResponseSchema(value = ProviderTests.Result.class, responseDescription = "What was found, step by step")
    @APIResponse(responseCode = "400", description = "A field is invalid or unknown")
    @APIResponse(responseCode = "403", description = "Acting for a sub-account, or not as an owner")
    public ProviderTests.Result test(@Context AccountRequest request, SsoBody body) {
        return done(request, context -> setup.test(context, body.kind().map(_ -> body)));
    }

    private static <T> T done(AccountRequest request, Function<AccountContext, Outcome<T>> act) {
        request.refuseSubAccounts();
        return act.apply(request.context())
                .orElseThrow(refusal -> new EarlyAnswer(
                        switch (refusal) {
                            case Refusal.Rejected rejected -> Answers.failure(rejected.first());
                            case Refusal.TooMany(Duration wait) -> Answers.tooManyFailure(wait);
                            default -> Answers.failure(403, AccountGuard.NOT_PERMITTED);
                        }));
    }
}
