package dev.banyan.pages.visitor;

import module java.base;
import dev.banyan.accounts.domains.HostFilter;
import dev.banyan.accounts.domains.Site;
import dev.banyan.analytics.Event;
import dev.banyan.pages.Link;
import dev.banyan.pages.LinkAddresses;
import dev.banyan.pages.LinkId;
import dev.banyan.pages.LinkLock;
import dev.banyan.pages.PageId;
import dev.banyan.pages.visitor.LinkVisits.Unlocked;
import dev.banyan.pages.visitor.PublicPageCache.KeptLink;
import dev.banyan.platform.Language;
import dev.banyan.platform.Owner;
import dev.banyan.platform.StickyVisitor;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.web.FilterOrder;
import dev.banyan.platform.web.MeasuredAs;
import dev.banyan.platform.web.RequestPath;
import dev.banyan.platform.web.SetCookie;
import dev.banyan.platform.web.VisitorRedirect;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.Words;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/// The ways out of public pages: `/go/{linkId}`, with the form of locked links, and `/go/wa/{pageId}`.
@Path("/go")
@RunOnVirtualThread
class LinkVisitResource {

    static final String PASS = "banyan_unlock";
    private static final String WRONG_CODE = "Wrong code. Check the spelling and capital letters.";

    private final LinkVisits links;
    private final MessageVisits messages;
    private final PublicContents contents;
    private final PageDrawing drawing;
    private final PublicVisits visits;
    private final Settings settings;

    LinkVisitResource(
            LinkVisits links,
            MessageVisits messages,
            PublicContents contents,
            PageDrawing drawing,
            PublicVisits visits,
            Settings settings) {
        this.links = links;
        this.messages = messages;
        this.contents = contents;
        this.drawing = drawing;
        this.visits = visits;
        this.settings = settings;
    }

    void register(@Observes Filters filters) {
        filters.register(this::answerAtOnce, FilterOrder.FROM_MEMORY);
    }

    private void answerAtOnce(RoutingContext context) {
        HttpServerRequest request = context.request();
        String path = RequestPath.of(request);
        HttpMethod method = request.method();
        if (path.startsWith(LinkId.WAY) && (method == HttpMethod.GET || method == HttpMethod.HEAD)) {
            Optional<KeptLink> kept =
                    LinkId.parse(path.substring(LinkId.WAY.length())).flatMap(id -> links.atOnce(id, host(context)));
            if (kept.isPresent()) {
                MeasuredAs.route(request, "/go/{linkId}");
                VisitorRedirect.answer(request, kept.get().location());
                count(kept.get().leads(), request);
                return;
            }
        }
        context.next();
    }

    private void count(Followed.To to, HttpServerRequest request) {
        if (request.method() == HttpMethod.GET) {
            visits.happened(
                    new Event.LinkClick(
                            to.owner(),
                            to.link().page().toString(),
                            to.link().id().toString()),
                    request);
        }
    }

    @GET
    @Path("{linkId}")
    public Response go(@PathParam("linkId") String linkId, @Context RoutingContext context) {
        HttpServerRequest request = context.request();
        Optional<String> pass = Optional.ofNullable(request.getCookie(PASS)).map(Cookie::getValue);
        Optional<LinkId> asked = LinkId.parse(linkId);
        Followed followed =
                asked.map(id -> links.follow(id, pass, host(context))).orElseGet(Followed.NotFound::new);
        if (followed instanceof Followed.To to) {
            count(to, request);
        }
        return answer(followed, asked, request);
    }

    /// Returns whose host was asked: such a host has the links of its account alone.
    private static Optional<Owner> host(RoutingContext context) {
        return HostFilter.site(context).map(Site::owner);
    }

    /// @param asked the link, whose page says in which language it isn't there
    private Response answer(Followed followed, Optional<LinkId> asked, HttpServerRequest request) {
        return switch (followed) {
            case Followed.To to
            when !LinkAddresses.isWeb(to.link().url()) ->
                contents.around(to.link())
                        .map(content -> drawing.contact(content, to.link()))
                        .orElseGet(() -> drawing.unknown(Language.ENGLISH))
                        .response(request);
            case Followed.To to -> VisitorRedirect.to(to.link().url()).build();
            case Followed.Locked(Link link, LinkLock lock) -> form(200, link, lock, Optional.empty(), request);
            case Followed.NotFound _ -> drawing.unknown(language(asked)).response(request);
            case Followed.NotInPlan _ -> drawing.notInPlan(language(asked)).response(request);
            case Followed.Loop _ -> drawing.loop(language(asked)).response(request);
            case Followed.Unavailable _ -> drawing.unavailable(language(asked)).response(request);
        };
    }

    private Language language(Optional<LinkId> asked) {
        return asked.map(contents::languageOf).orElse(Language.ENGLISH);
    }

    private Response form(int status, Link link, LinkLock lock, Optional<String> problem, HttpServerRequest request) {
        return contents.around(link)
                .map(content -> drawing.locked(status, content, link, lock, problem))
                .orElseGet(() -> drawing.unknown(Language.ENGLISH))
                .response(request);
    }

    /// Opens a lock and redirects to the same address by GET: there the pass leads to the target, and a reload asks
    /// nothing again.
    @POST
    @Path("{linkId}")
    public Response unlock(
            @PathParam("linkId") String linkId,
            @FormParam("code") @DefaultValue("") String code,
            @FormParam("confirmed") @DefaultValue("") String confirmed,
            @Context RoutingContext context) {
        HttpServerRequest request = context.request();
        Optional<LinkId> asked = LinkId.parse(linkId);
        Unlocked unlocked = asked.map(
                        id -> links.unlock(id, code, confirmed.equals("yes"), visits.address(request), host(context)))
                .orElseGet(() -> new Unlocked.Nowhere(new Followed.NotFound()));
        return switch (unlocked) {
            case Unlocked.Done(Link link, var owner, String pass) -> {
                visits.happened(
                        new Event.LinkUnlock(
                                owner, link.page().toString(), link.id().toString()),
                        request);
                yield seeOther(link.id())
                        .header("Set-Cookie", cookie(link.id(), pass, settings))
                        .build();
            }
            case Unlocked.NotLocked(Link link) -> seeOther(link.id()).build();
            case Unlocked.WrongCode(Link link, LinkLock lock) ->
                form(422, link, lock, Optional.of(WRONG_CODE), request);
            case Unlocked.Unconfirmed(Link link, LinkLock lock) -> form(422, link, lock, Optional.empty(), request);
            case Unlocked.TooMany(Link link, LinkLock lock, Duration wait) ->
                Html.retryAfter(
                        wait,
                        form(
                                429,
                                link,
                                lock,
                                Optional.of("Too many wrong codes. Try again in "
                                        + Words.count(wait.toMinutes() + 1, "minute", "minutes") + "."),
                                request));
            case Unlocked.Nowhere(Followed why) -> answer(why, asked, request);
        };
    }

    private static Response.ResponseBuilder seeOther(LinkId link) {
        return Response.status(Response.Status.SEE_OTHER)
                .header("Location", link.path())
                .header("Cache-Control", "no-store");
    }

    /// Returns a cookie that is sent only to the link that it opens.
    static String cookie(LinkId link, String pass, Settings settings) {
        return SetCookie.below(link.path(), PASS, pass, UnlockPasses.LIFE, settings.isHttps());
    }

    /// Redirects to a number that answers for a page. The chosen number is stored only in a cookie of the visitor,
    /// which is sent to this address only and lives for a day.
    @GET
    @Path("wa/{pageId}")
    public Response messageUs(@PathParam("pageId") String pageId, @Context RoutingContext context) {
        HttpServerRequest request = context.request();
        boolean count = request.method() == HttpMethod.GET;
        var visitor = StickyVisitor.of(
                Optional.ofNullable(request.getCookie(StickyVisitor.COOKIE)).map(Cookie::getValue));
        Optional<PageId> asked = PageId.parse(pageId);
        MessageVisits.Answering answering = asked.map(id -> messages.answering(id, visitor, host(context), count))
                .orElseGet(MessageVisits.Answering.NotFound::new);
        return switch (answering) {
            case MessageVisits.Answering.At(Owner owner, String address, StickyVisitor known) -> {
                if (count) {
                    visits.happened(
                            new Event.ChatBegun(owner, asked.orElseThrow().toString()), request);
                }
                yield Response.status(Response.Status.FOUND)
                        .header("Location", address)
                        .header("Cache-Control", "no-store")
                        .header("Referrer-Policy", "strict-origin-when-cross-origin")
                        .header("Set-Cookie", SetCookie.sticky("/go/wa", known, settings.isHttps()))
                        .build();
            }
            case MessageVisits.Answering.NotFound _ ->
                drawing.unknown(languageOf(asked)).response(request);
            case MessageVisits.Answering.Unavailable _ ->
                drawing.unavailable(languageOf(asked)).response(request);
            case MessageVisits.Answering.NotInPlan _ ->
                drawing.notInPlan(languageOf(asked)).response(request);
            case MessageVisits.Answering.Nobody _ ->
                drawing.unreachable(languageOf(asked)).response(request);
        };
    }

    private Language languageOf(Optional<PageId> asked) {
        return asked.map(contents::languageOf).orElse(Language.ENGLISH);
    }
}
