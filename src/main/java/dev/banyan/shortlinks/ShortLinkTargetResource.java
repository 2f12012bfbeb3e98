package dev.banyan.shortlinks;

import module java.base;
import dev.banyan.analytics.visitors.VisitorRequest;
import dev.banyan.platform.StickyVisitor;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.web.SetCookie;
import dev.banyan.platform.web.gate.ClientAddress;
import dev.banyan.platform.web.json.Answers;
import dev.banyan.platform.web.json.JsonResource;
import dev.banyan.platform.web.page.Html;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// The targets of short links in the API (LinkToMe contract 2.14).
@Path("/api/public")
@RunOnVirtualThread
@JsonResource
@Tag(name = "Short links", description = "Short addresses that redirect, and their destinations.")
class ShortLinkTargetResource {

    private static final String NOT_FIT = "slug must be 3 to 30 characters of a-z, 0-9 and single hyphens";

    record Led(String redirectTo) {}

    /// @param passwordRequired the visitor must open the link itself, which asks for the password
    record PasswordFailure(String error, boolean passwordRequired, String openAt) {}

    private final Redirects redirects;
    private final ClientAddress addresses;
    private final Settings settings;

    ShortLinkTargetResource(Redirects redirects, ClientAddress addresses, Settings settings) {
        this.redirects = redirects;
        this.addresses = addresses;
        this.settings = settings;
    }

    @GET
    @Path("l")
    @Operation(summary = "Get the destination of a short link; counts as one visit")
    @APIResponseSchema(value = Led.class, responseDescription = "Its destination, or its fallback after it has ended")
    @APIResponse(responseCode = "400", description = "The slug is invalid")
    @APIResponse(
            responseCode = "403",
            description = "The account is disabled, the link is over the plan's limit, it needs a password,"
                    + " or a bot follows a link with a click limit")
    @APIResponse(responseCode = "404", description = "Short link not found, not open yet, or leading back to itself")
    @APIResponse(responseCode = "503", description = "It opens a chat, and no WhatsApp number is available now")
    @APIResponse(responseCode = "410", description = "It's turned off, has ended, or has reached its click limit")
    public Response lead(@QueryParam("slug") Optional<String> slug, @Context RoutingContext context) {
        String asked = slug.orElse("").strip();
        if (!ShortSlugs.isFit(asked)) {
            return Answers.failure(400, NOT_FIT);
        }
        HttpServerRequest request = context.request();
        return switch (redirects.follow(
                asked,
                "",
                VisitorRequest.visit(request, addresses),
                Optional.empty(),
                RedirectResource.visitor(request),
                request.method() == HttpMethod.GET)) {
            case Decision.Go(String target, String _) -> led(target);
            case Decision.Elsewhere(String target) -> led(target);
            case Decision.Opens(String target, StickyVisitor known) ->
                Response.fromResponse(led(target))
                        .header("Set-Cookie", SetCookie.sticky("/api/public", known, settings.isHttps()))
                        .build();
            case Decision.Chat _ -> throw new IllegalStateException("A number is chosen by now");
            case Decision.NoNumber _ ->
                Html.retryAfter(
                        VisitorPages.BUSY,
                        Answers.failure(503, "No WhatsApp number of this link is available right now"));
            case Decision.NotFound _ when !ShortSlugs.isOurs(asked) -> Answers.failure(400, NOT_FIT);
            case Decision.NotFound _ -> Answers.failure(404, "Link not found");
            case Decision.Loop _ -> Answers.failure(404, "This link leads back to itself");
            case Decision.Unavailable _ -> Answers.failure(403, "This account is currently disabled");
            case Decision.NotInPlan _ -> Answers.failure(403, "This link exceeds the account's plan limit");
            case Decision.Off _ -> Answers.failure(410, "This link is no longer active");
            case Decision.NotYet _ -> Answers.failure(404, "This link is not open yet");
            case Decision.Ended _ -> Answers.failure(410, "This link has ended");
            case Decision.Spent _ -> Answers.failure(410, "This link has reached its limit");
            case Decision.NeedsPassword _ ->
                Response.status(403)
                        .entity(new PasswordFailure(
                                "This link needs a password", true, settings.baseUrl() + "/l/" + asked))
                        .build();
            case Decision.ForPeople _ -> Answers.failure(403, "This link has a click limit, so bots can't open it");
        };
    }

    private static Response led(String target) {
        return Response.ok(new Led(target)).header("Cache-Control", "no-store").build();
    }
}
