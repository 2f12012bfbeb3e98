package dev.banyan.shortlinks;

import module java.base;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.context.AccountGuard;
import dev.banyan.accounts.context.PageFrames;
import dev.banyan.platform.Changes;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.http.Countries;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.gate.Idempotency;
import dev.banyan.platform.web.gate.Usage;
import dev.banyan.platform.web.json.FormFields;
import dev.banyan.platform.web.page.Choice;
import dev.banyan.platform.web.page.Confirmation;
import dev.banyan.platform.web.page.ErrorPages;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.NavItem;
import dev.banyan.platform.web.page.PageFrame;
import dev.banyan.platform.web.page.QrFile;
import dev.banyan.platform.web.page.QrPicture;
import dev.banyan.platform.web.page.TimeZones;
import dev.banyan.platform.web.page.Words;
import dev.banyan.shortlinks.ShortLinkQuery.Cursor;
import dev.banyan.shortlinks.ShortLinkQuery.Order;
import dev.banyan.shortlinks.ShortLinkQuery.State;
import dev.banyan.shortlinks.ShortLinks.Applied;
import dev.banyan.shortlinks.ShortLinks.Listed;
import dev.banyan.shortlinks.ShortLinks.Step;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/// The pages of short links: the list, the form, and QR codes.
@Path("/admin/short-links")
@RunOnVirtualThread
class ShortLinksPageResource {

    private static final int ROWS = 50;

    private final AccountGuard acting;
    private final ShortLinks links;
    private final ChatNumbers chats;
    private final PageFrames shells;
    private final Idempotency idempotency;
    private final ErrorPages errorPages;
    private final Settings settings;
    private final Countries countries;
    private final Clock clock;
    private final Uuids uuids;

    ShortLinksPageResource(
            AccountGuard acting,
            ShortLinks links,
            ChatNumbers chats,
            PageFrames shells,
            Idempotency idempotency,
            ErrorPages errorPages,
            Settings settings,
            Countries countries,
            Clock clock,
            Uuids uuids) {
        this.acting = acting;
        this.links = links;
        this.chats = chats;
        this.shells = shells;
        this.idempotency = idempotency;
        this.errorPages = errorPages;
        this.settings = settings;
        this.countries = countries;
        this.clock = clock;
        this.uuids = uuids;
    }

    @GET
    public Response list(
            @Context Call call,
            @QueryParam("q") @DefaultValue("") String search,
            @QueryParam("tag") @DefaultValue("") String tag,
            @QueryParam("state") @DefaultValue("") String state,
            @QueryParam("sort") @DefaultValue("") String sort,
            @QueryParam("after") @DefaultValue("") String after) {
        var query = new ShortLinkQuery(
                search.strip(), tag.strip(), State.of(state), Order.of(sort), Cursor.parse(after), ROWS);
        return acting.page(call, context -> {
            Listed listed = links.list(context, query);
            return Html.ok(new ShortLinksPage(
                    shells.of(call, context, NavItem.SHORT_LINKS, "Short links"),
                    new Usage(listed.use().used(), listed.use().limit()),
                    listed.use().limit().isZero(),
                    listed.total() > 0,
                    listed.tier().label(),
                    settings.publicHost(),
                    ShortLinkRows.of(listed, () -> chats.pools(context.root().id()), clock.instant()),
                    filter(context, query, listed.tags()),
                    query.after().isEmpty(),
                    listed.more()
                            ? Optional.of(href(context, query, query.state(), query.order()) + "&after="
                                    + Cursor.of(listed.links().getLast()))
                            : Optional.empty()));
        });
    }

    private static ShortLinksPage.Filter filter(AccountContext context, ShortLinkQuery query, List<String> tags) {
        return new ShortLinksPage.Filter(
                query.search(),
                query.tag(),
                query.state().key(),
                query.order().key(),
                query.order().label(),
                Arrays.stream(State.values())
                        .map(state -> new ShortLinksPage.SortLink(
                                state.label(), href(context, query, state, query.order()), state == query.state()))
                        .toList(),
                Arrays.stream(Order.values())
                        .map(order -> new ShortLinksPage.SortLink(
                                order.label(), href(context, query, query.state(), order), order == query.order()))
                        .toList(),
                tags,
                href(context, query, query.state(), query.order()));
    }

    private static String href(AccountContext context, ShortLinkQuery query, State state, Order order) {
        return "/admin/short-links?as=" + context.acting().username()
                + part("q", query.search())
                + part("tag", query.tag())
                + part("state", state.key())
                + part("sort", order.key());
    }

    private static String part(String name, String value) {
        return value.isEmpty() ? "" : "&" + name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    @GET
    @Path("new")
    public Response form(@Context Call call) {
        return acting.page(
                call,
                context -> Html.ok(page(
                        call,
                        context,
                        Optional.empty(),
                        ShortLinkForm.EMPTY,
                        FieldErrors.NONE,
                        Optional.empty(),
                        uuids.next().toString())));
    }

    @POST
    public Response create(@Context Call call, @BeanParam FormFields fields) {
        ShortLinkForm form = ShortLinkForm.read(fields::all);
        String key = fields.first("idempotencyKey");
        return acting.page(
                call,
                Optional.of(fields.as()),
                context -> idempotency.onceForForm(
                        call, context.acting().id(), key, form, () -> create(call, context, form, key)));
    }

    private Response create(Call call, AccountContext context, ShortLinkForm form, String key) {
        Optional<String> slug = Optional.of(form.slug()).filter(text -> !text.isEmpty());
        Applied applied = links.apply(context, List.of(new Step.Add(slug, form.patch())));
        return applied instanceof Applied.Done(List<ShortLink> created)
                ? Html.seeOther(call, path(context, created.getFirst().id()) + "&done=short-link-created")
                : again(call, context, Optional.empty(), form, applied, key);
    }

    private Response again(
            Call call,
            AccountContext context,
            Optional<ShortLink> known,
            ShortLinkForm form,
            Applied applied,
            String key) {
        FieldErrors errors = switch (applied) {
            case Applied.Done _, Applied.UnknownSlug _, Applied.TooManySteps _, Applied.LimitReached _ ->
                FieldErrors.NONE;
            case Applied.SlugTaken _ -> new FieldErrors(Map.of("customSlug", "This slug is taken. Choose another."));
            case Applied.Rejected(int _, List<Invalid> invalid) -> FieldErrors.from(invalid);
        };
        Optional<FormProblem> problem = applied instanceof Applied.LimitReached reached
                ? Optional.of(new FormProblem(
                        ShortLinksResource.limitText(reached) + ".",
                        reached.max() == 0
                                ? "Get a larger plan to create short links."
                                : "You’ve used " + reached.used() + " of " + reached.max()
                                        + ". Delete one, or get a larger plan."))
                : Optional.empty();
        return Html.invalid(page(call, context, known, form.withRows(), errors, problem, key));
    }

    @GET
    @Path("{shortLinkId}")
    public Response show(@Context Call call, @PathParam("shortLinkId") String id) {
        return forLink(
                call,
                "",
                id,
                (context, link) -> Html.ok(page(
                        call,
                        context,
                        Optional.of(link),
                        ShortLinkForm.of(link),
                        FieldErrors.NONE,
                        Optional.empty(),
                        "")));
    }

    @POST
    @Path("{shortLinkId}")
    public Response save(@Context Call call, @PathParam("shortLinkId") String id, @BeanParam FormFields fields) {
        ShortLinkForm form = ShortLinkForm.read(fields::all);
        return forLink(call, fields.as(), id, (context, link) -> {
            Applied applied = links.apply(context, List.of(new Step.Update(link.slug(), form.patch())));
            return switch (applied) {
                case Applied.Done _ -> Html.seeOther(call, path(context, link.id()) + "&done=short-link-saved");
                case Applied.UnknownSlug _ -> unknown(call);
                case Applied.SlugTaken _, Applied.TooManySteps _, Applied.LimitReached _, Applied.Rejected _ ->
                    again(call, context, Optional.of(link), form, applied, "");
            };
        });
    }

    @POST
    @Path("{shortLinkId}/switch")
    public Response turn(
            @Context Call call,
            @PathParam("shortLinkId") String id,
            @FormParam("as") @DefaultValue("") String as,
            @FormParam("on") @DefaultValue("") String on) {
        boolean active = on.equals("true");
        return forLink(call, as, id, (context, link) -> {
            Changes<ShortLink> turned = Changes.<ShortLink>none().with(ShortLinkChange.ACTIVE, active);
            links.apply(context, List.of(new Step.Update(link.slug(), turned)));
            return Html.seeOther(call, listPath(context, active ? "short-link-on" : "short-link-off"));
        });
    }

    @GET
    @Path("{shortLinkId}/delete")
    public Response confirmDelete(@Context Call call, @PathParam("shortLinkId") String id) {
        return forLink(call, "", id, (context, link) -> {
            PageFrame shell = shells.of(call, context, NavItem.SHORT_LINKS, "Delete short link");
            return Html.ok(Confirmation.asking(
                            "delete", "Delete “<bdi>{}</bdi>”?", settings.publicHost() + "/l/" + link.slug())
                    .sentence("This happens now and can’t be undone:")
                    .fact("The address stops working, and others may use it")
                    .fact("Its record of {} is deleted", Words.count(link.clicks(), "click", "clicks"))
                    .action("Delete short link", "/admin/short-links/" + link.id() + "/delete")
                    .keep("Cancel", "/admin/short-links" + shell.query())
                    .under("Short links", "/admin/short-links")
                    .on(call, shell, "Delete"));
        });
    }

    @POST
    @Path("{shortLinkId}/delete")
    public Response delete(
            @Context Call call, @PathParam("shortLinkId") String id, @FormParam("as") @DefaultValue("") String as) {
        return forLink(call, as, id, (context, link) -> {
            links.apply(context, List.of(new Step.Remove(link.slug())));
            return Html.seeOther(call, listPath(context, "short-link-deleted"));
        });
    }

    @GET
    @Path("{shortLinkId}/qr.svg")
    public Response svg(@Context Call call, @PathParam("shortLinkId") String id) {
        return forLink(call, "", id, (_, link) -> {
            byte[] svg = QrFile.svg(url(link)).getBytes(StandardCharsets.UTF_8);
            return file(svg, "image/svg+xml", link.slug() + ".svg");
        });
    }

    @GET
    @Path("{shortLinkId}/qr.png")
    public Response png(@Context Call call, @PathParam("shortLinkId") String id) {
        return forLink(call, "", id, (_, link) -> file(QrFile.png(url(link)), "image/png", link.slug() + ".png"));
    }

    static Response file(Object content, String type, String name) {
        return Response.ok(content)
                .type(type)
                .header("Content-Disposition", "attachment; filename=\"" + name + "\"")
                .header("Cache-Control", "no-store")
                .build();
    }

    private interface Work {
        Response on(AccountContext context, ShortLink link);
    }

    private Response forLink(Call call, String as, String id, Work work) {
        return acting.page(
                call,
                Optional.of(as),
                context -> ShortLinkId.parse(id)
                        .flatMap(found -> links.find(context, found))
                        .map(link -> work.on(context, link))
                        .orElseGet(() -> unknown(call)));
    }

    private Response unknown(Call call) {
        return errorPages.answer(
                call,
                404,
                "Short link not found",
                "It may have been deleted, or you may not have access to its account.");
    }

    private ShortLinkPage page(
            Call call,
            AccountContext context,
            Optional<ShortLink> known,
            ShortLinkForm form,
            FieldErrors errors,
            Optional<FormProblem> problem,
            String key) {
        return new ShortLinkPage(
                shells.of(call, context, NavItem.SHORT_LINKS, known.isPresent() ? "Short link" : "Create short link"),
                known.map(link -> new ShortLinkPage.Known(
                        link.id().toString(),
                        url(link),
                        link.hasPassword(),
                        Words.count(link.clicks(), "click", "clicks"),
                        link.lastClickedAt().map(Words::moment).orElse(""),
                        QrPicture.of(url(link)))),
                form,
                errors,
                problem,
                key,
                settings.publicHost(),
                countries.areKnown(),
                chats.pools(context.root().id()).stream()
                        .map(pool -> new Choice(pool.id(), pool.name()))
                        .toList(),
                Arrays.stream(DeviceClass.values())
                        .map(device -> new Choice(device.key(), device.label()))
                        .toList(),
                TimeZones.with(form.zone()),
                ShortLinkErrors.rules(form, errors),
                ShortLinkErrors.variants(form, errors),
                ShortLinkFolds.of(
                        form, errors, known.filter(ShortLink::hasPassword).isPresent()),
                ShortLinkErrors.summary(errors));
    }

    private String url(ShortLink link) {
        return settings.baseUrl() + "/l/" + link.slug();
    }

    private static String path(AccountContext context, ShortLinkId id) {
        return "/admin/short-links/" + id + "?as=" + context.acting().username();
    }

    private static String listPath(AccountContext context, String done) {
        return "/admin/short-links?as=" + context.acting().username() + "&done=" + done;
    }
}
