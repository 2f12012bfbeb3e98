package dev.banyan.workspaces.sso;

import module java.base;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.sso.ProviderTests;
import dev.banyan.platform.sso.SignInList;
import dev.banyan.platform.sso.SsoAddresses;
import dev.banyan.platform.sso.SsoBody;
import dev.banyan.platform.sso.SsoPreset;
import dev.banyan.platform.sso.SsoView;
import dev.banyan.platform.web.answer.DoneMessage;
import dev.banyan.platform.web.json.JsonResource;
import dev.banyan.platform.web.request.PageQuery;
import dev.banyan.workspaces.access.WorkspaceRequest;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.Context;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// Single sign-on of a workspace in the API.
@Path("/api/projects/{projectId}/sub-clients/{subClientId}/sso")
@RunOnVirtualThread
@JsonResource
@Tag(
        name = "Sub-client single sign-on",
        description = "Sign-in at your own provider: OpenID Connect, SAML 2.0 or LDAP.")
class SsoResource {

    private static final String FORBIDDEN = "Only admins can manage single sign-on";

    /// @param sso omitted if it isn’t set up
    /// @param redirectUri the address that an OpenID provider must know
    /// @param metadataUri the address of our SAML metadata, which is our entity id, too
    /// @param acsUri the address to which a SAML provider must post its answers
    /// @param newRedirectUri the redirect address at the sub-client's address of today; omitted if it is the same
    /// @param postLogoutUri where people come back who signed out at an OpenID provider, too
    @JsonInclude(Include.NON_ABSENT)
    record SsoAnswer(
            Optional<SsoView> sso,
            String redirectUri,
            String metadataUri,
            String acsUri,
            Optional<String> newRedirectUri,
            Optional<String> postLogoutUri) {

        static SsoAnswer of(SsoSetup.View view) {
            return new SsoAnswer(
                    view.sso(),
                    view.addresses().redirect(),
                    view.addresses().service().entityId(),
                    view.addresses().service().answersTo(),
                    view.others().filter(_ -> view.stored().isPresent()).map(SsoAddresses::redirect),
                    view.addresses().signedOut());
        }
    }

    private final SsoSetup setup;

    SsoResource(SsoSetup setup) {
        this.setup = setup;
    }

    @GET
    @Operation(summary = "Get the sub-client’s single sign-on; secrets are not shown")
    @APIResponseSchema(value = SsoAnswer.class, responseDescription = "The settings, without `sso` if it isn’t set up")
    public SsoAnswer read(@Context WorkspaceRequest request) {
        return SsoAnswer.of(
                request.done(setup.read(request.actor(), request.project(), request.workspace()), FORBIDDEN));
    }

    @GET
    @Path("presets")
    @Operation(summary = "List well-known providers: what is entered here, and what to do at the provider")
    @APIResponseSchema(
            value = SsoPreset.Choices.class,
            responseDescription = "The presets, with this sub-client’s addresses")
    public SsoPreset.Choices presets(@Context WorkspaceRequest request) {
        SsoSetup.View view =
                request.done(setup.read(request.actor(), request.project(), request.workspace()), FORBIDDEN);
        return SsoPreset.Choices.at(view.addresses());
    }

    @GET
    @Path("sign-ins")
    @Operation(summary = "List what became of sign-ins at the provider in the last 30 days, newest first")
    @APIResponseSchema(value = SignInList.class, responseDescription = "Use `nextCursor` to get the next page")
    @APIResponse(responseCode = "400", description = "Invalid limit or after")
    public SignInList signIns(@Context WorkspaceRequest request, @BeanParam PageQuery page) {
        PageQuery.Slice<UUID> slice = page.slice(Uuids::parse);
        return SignInList.of(
                slice,
                request.done(
                        setup.signIns(
                                request.actor(), request.project(), request.workspace(), slice.after(), slice.most()),
                        FORBIDDEN));
    }

    @PUT
    @Operation(summary = "Set up the sub-client’s single sign-on; replaces all settings but an omitted secret")
    @APIResponseSchema(value = SsoAnswer.class, responseDescription = "Saved")
    @APIResponse(responseCode = "400", description = "A field is invalid or unknown")
    public SsoAnswer put(@Context WorkspaceRequest request, SsoBody body) {
        return SsoAnswer.of(
                request.done(setup.put(request.actor(), request.project(), request.workspace(), body), FORBIDDEN));
    }

    @PUT
    @Path("address")
    @Operation(
            summary = "Use the sub-client’s address of today for single sign-on",
            description = "After the sub-client got its own domain or another name. Until then, sign-ins use the"
                    + " address that the provider knows. Enter the new addresses at the provider first.")
    @APIResponseSchema(value = SsoAnswer.class, responseDescription = "With the new addresses")
    public SsoAnswer useNewAddress(@Context WorkspaceRequest request) {
        return SsoAnswer.of(
                request.done(setup.useNewAddress(request.actor(), request.project(), request.workspace()), FORBIDDEN));
    }

    @DELETE
    @Operation(summary = "Remove the sub-client’s single sign-on; people whom the provider signed in are signed out")
    @APIResponseSchema(value = DoneMessage.class, responseDescription = "Removed; users are kept")
    public DoneMessage delete(@Context WorkspaceRequest request) {
        boolean wasThere =
                request.done(setup.delete(request.actor(), request.project(), request.workspace()), FORBIDDEN);
        return new DoneMessage(wasThere ? "Single sign-on removed" : "There is no single sign-on to remove");
    }

    @POST
    @Path("test")
    @Operation(summary = "Ask the provider whether the settings would work, before or after saving them")
    @APIResponseSchema(value = ProviderTests.Result.class, responseDescription = "What was found, step by step")
    @APIResponse(responseCode = "400", description = "A field is invalid or unknown")
    public ProviderTests.Result test(@Context WorkspaceRequest request, SsoBody body) {
        return request.done(
                setup.test(
                        request.actor(),
                        request.project(),
                        request.workspace(),
                        body.kind().map(_ -> body)),
                FORBIDDEN);
    }
}
