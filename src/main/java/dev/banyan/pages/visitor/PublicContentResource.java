package dev.banyan.pages.visitor;

import module java.base;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.banyan.accounts.ReservedNames;
import dev.banyan.analytics.Event;
import dev.banyan.pages.GroupLayout;
import dev.banyan.pages.Link;
import dev.banyan.pages.LinkId;
import dev.banyan.pages.LinkKind;
import dev.banyan.pages.LinkLock;
import dev.banyan.pages.LinkStyle;
import dev.banyan.pages.PageId;
import dev.banyan.pages.Thumbnails;
import dev.banyan.pages.visitor.LinkVisits.Unlocked;
import dev.banyan.pages.visitor.PublicContents.Found;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.web.json.Answers;
import dev.banyan.platform.web.json.JsonResource;
import dev.banyan.themes.AppearanceDocument;
import dev.banyan.themes.Picture;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// Public pages in the API (LinkToMe contract 2.14 and 5). A locked link has an address of ours that its lock protects;
/// its target is never revealed here.
@Path("/api/public")
@RunOnVirtualThread
@JsonResource
@Tag(name = "Public pages", description = "What visitors see and do, without signing in.")
class PublicContentResource {

    private static final Pattern USERNAME = Pattern.compile("[a-z0-9][a-z0-9_-]{2,29}");
    private static final String DISABLED = "This account is currently disabled";
    private static final String OVER_PLAN = "This page is not available on the current plan";
    private static final String NO_LINK = "Link not found";

    /// @param bio null if there is none
    /// @param avatar the address of the picture on our server, or null
    /// @param language of the page, such as `ar`
    record Profile(
            String username,
            String displayName,
            Optional<String> bio,
            Optional<String> avatar,

            @Schema(
                    type = SchemaType.OBJECT,
                    implementation = Object.class,
                    description = "As in GetAppearance, but only what was set; media URLs point here")
            ObjectNode appearance,

            List<IconView> socialIcons,
            List<LinkView> links,
            List<GroupView> groups,
            PageId pageId,
            String pageName,
            String pageSlug,
            String language) {}

    record IconView(String id, String platform, String url, int order) {}

    @JsonInclude(Include.NON_ABSENT)
    record LinkView(
            LinkId id,
            String title,

            @Schema(description = "Its destination; for a locked link, the address of the lock, /go/{id}")
            String url,

            int order,
            Optional<String> icon,
            Optional<String> thumbnail,

            @Schema(implementation = LinkStyle.ThumbnailType.class)
            Optional<String> thumbnailType,

            @Schema(implementation = LinkStyle.Layout.class) Optional<String> layout,

            @Schema(implementation = LinkStyle.Animation.class)
            Optional<String> animation,

            Optional<String> groupId,
            Optional<LockView> lock) {}

    @JsonInclude(Include.NON_ABSENT)
    record LockView(
            boolean enabled,
            @Schema(implementation = LinkLock.Type.class) String type,
            Optional<String> message) {}

    record GroupView(
            String id,
            String title,
            int order,
            @Schema(implementation = GroupLayout.class) String layout,
            boolean collapsed) {}

    record ClickBody(
            Optional<String> linkId, Optional<String> username, Optional<String> pageId, Optional<String> slug) {}

    record CodeBody(Optional<String> linkId, Optional<String> code) {}

    record Opened(boolean success) {}

    private final PublicContents contents;
    private final LinkVisits links;
    private final PublicVisits visits;
    private final Settings settings;

    PublicContentResource(PublicContents contents, LinkVisits links, PublicVisits visits, Settings settings) {
        this.contents = contents;
        this.links = links;
        this.visits = visits;
        this.settings = settings;
    }

    @GET
    @Path("GetUserProfile")
    @Operation(summary = "Get a public page as visitors see it now; counts as a view")
    @APIResponseSchema(value = Profile.class, responseDescription = "The page")
    @APIResponse(responseCode = "400", description = "Username missing or malformed")
    @APIResponse(responseCode = "403", description = "The account is disabled, or the page is over its plan's limit")
    @APIResponse(responseCode = "404", description = "Profile or page not found")
    public Response profile(
            @QueryParam("username") Optional<String> username,
            @QueryParam("slug") Optional<String> slug,
            @Context RoutingContext context) {
        String name = username.orElse("").strip().toLowerCase(Locale.ROOT);
        if (name.isEmpty()) {
            return Answers.failure(400, "Username is required");
        }
        if (!USERNAME.matcher(name).matches()) {
            return Answers.failure(400, "Invalid username format");
        }
        Optional<String> wanted =
                slug.map(text -> text.strip().toLowerCase(Locale.ROOT)).filter(text -> !text.isEmpty());
        if (wanted.map(text -> text.length() > 30).orElse(false)) {
            return Answers.failure(400, "Invalid slug format");
        }
        Found found = ReservedNames.contains(name) ? new Found.UnknownAccount() : contents.find(name, wanted);
        return switch (found instanceof Found.Moved(String now) ? contents.find(now, wanted) : found) {
            case Found.Shown(PublicContent content, boolean _) -> {
                visits.happened(PublicPages.view(content), context.request());
                yield Response.ok(view(content)).build();
            }
            case Found.UnknownAccount _, Found.Moved _ -> Answers.failure(404, "Profile not found");
            case Found.PageNotFound _ ->
                Answers.failure(404, wanted.isPresent() ? "Page not found" : "No default page found for this user");
            case Found.Suspended _ -> Answers.failure(403, DISABLED);
            case Found.NotInPlan _ -> Answers.failure(403, OVER_PLAN);
        };
    }

    private Profile view(PublicContent content) {
        return new Profile(
                content.account().username(),
                content.title(),
                content.bio(),
                content.look().picture().map(path -> settings.baseUrl() + path),
                AppearanceDocument.publicTree(content.appearance(), content.tier(), settings.baseUrl()),
                content.icons().stream()
                        .map(icon -> new IconView(icon.id(), icon.platform(), icon.url(), icon.position()))
                        .toList(),
                content.links().links().stream()
                        .filter(link -> link.kind() == LinkKind.LINK) // programs would draw the others as links
                        .sorted(Comparator.comparingInt(Link::position))
                        .map(this::view)
                        .toList(),
                content.links().groups().stream()
                        .map(group -> new GroupView(
                                group.id(),
                                group.title(),
                                group.position(),
                                group.layout().key(),
                                group.collapsed()))
                        .toList(),
                content.page().id(),
                content.page().name(),
                content.page().slug(),
                content.language().code);
    }

    private LinkView view(Link link) {
        LinkStyle look = link.decoration();
        return new LinkView(
                link.id(),
                link.title(),
                link.lock().isPresent() ? "/go/" + link.id() : link.url(),
                link.position(),
                Optional.of(look.icon()).filter(text -> !text.isEmpty()),
                look.thumbnailImage()
                        .map(id -> settings.baseUrl() + Picture.pathOf(id))
                        .or(() -> Optional.of(look.thumbnail())
                                .filter(text -> !text.isEmpty() && !Thumbnails.isAddress(text))),
                look.thumbnailType().map(LinkStyle.ThumbnailType::key),
                Optional.of(look.layout())
                        .filter(layout -> layout != LinkStyle.Layout.CLASSIC)
                        .map(LinkStyle.Layout::key),
                Optional.of(look.animation())
                        .filter(animation -> animation != LinkStyle.Animation.NONE)
                        .map(LinkStyle.Animation::key),
                link.group(),
                link.lock()
                        .map(lock -> new LockView(
                                true,
                                lock.type().key(),
                                Optional.of(lock.message()).filter(text -> !text.isEmpty()))));
    }

    @POST
    @Path("TrackLinkClick")
    @Operation(summary = "Count a click on a link that the client opens itself")
    @APIResponse(
            responseCode = "200",
            description = "Counted: an empty object",
            content = @Content(schema = @Schema(type = SchemaType.OBJECT)))
    @APIResponse(responseCode = "400", description = "A field is missing or malformed")
    @APIResponse(responseCode = "404", description = "Profile or link not found")
    public Response click(ClickBody body, @Context RoutingContext context) {
        String name = body.username().orElse("").strip().toLowerCase(Locale.ROOT);
        if (body.linkId().orElse("").isBlank() || name.isEmpty()) {
            return Answers.failure(400, "linkId and username are required");
        }
        if (!USERNAME.matcher(name).matches()) {
            return Answers.failure(400, "Invalid username format");
        }
        LinkVisits.ViewResult shown = LinkId.parse(body.linkId().get())
                .map(id -> links.shownBy(name, id))
                .orElseGet(() -> links.shownBy(name));
        return switch (shown) {
            case LinkVisits.ViewResult.UnknownAccount _ -> Answers.failure(404, "Profile not found");
            case LinkVisits.ViewResult.LinkNotFound _ -> Answers.failure(404, NO_LINK);
            case LinkVisits.ViewResult.Yes(Link link, var owner) -> {
                if (link.lock().isEmpty()) { // a locked one is opened and counted by its lock
                    visits.happened(
                            new Event.LinkClick(
                                    owner, link.page().toString(), link.id().toString()),
                            context.request());
                }
                yield Response.ok(Map.of()).build();
            }
        };
    }

    @POST
    @Path("VerifyLinkCode")
    @Operation(summary = "Unlock a link with its code; its address then redirects for a while")
    @APIResponseSchema(value = Opened.class, responseDescription = "Unlocked; a cookie opens the link's address")
    @APIResponse(responseCode = "400", description = "A field is missing, or the link has no code lock")
    @APIResponse(responseCode = "403", description = "Invalid code")
    @APIResponse(responseCode = "404", description = "Link not found")
    @APIResponse(responseCode = "429", description = "Too many wrong codes")
    public Response verify(CodeBody body, @Context RoutingContext context) {
        if (body.linkId().orElse("").isBlank() || body.code().isEmpty()) {
            return Answers.failure(400, "linkId and code are required");
        }
        Unlocked unlocked = LinkId.parse(body.linkId().get())
                .map(id -> links.unlock(id, body.code().get(), false, visits.address(context.request())))
                .orElseGet(() -> new Unlocked.Nowhere(new Followed.NotFound()));
        return switch (unlocked) {
            case Unlocked.Done(Link link, var owner, String pass) -> {
                visits.happened(
                        new Event.LinkUnlock(
                                owner, link.page().toString(), link.id().toString()),
                        context.request());
                yield Response.ok(new Opened(true))
                        .header("Set-Cookie", LinkVisitResource.cookie(link.id(), pass, settings))
                        .build();
            }
            case Unlocked.WrongCode _ -> Answers.refused(403, "Invalid code");
            case Unlocked.TooMany tooMany -> Answers.tooMany(tooMany.retryAfter());
            case Unlocked.NotLocked _, Unlocked.Unconfirmed _ ->
                Answers.failure(400, "This link is not locked by a code");
            case Unlocked.Nowhere _ -> Answers.failure(404, NO_LINK);
        };
    }
}
