package dev.banyan.shortlinks;

import module java.base;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.context.AccountPage;
import dev.banyan.accounts.domains.Domains;
import dev.banyan.accounts.domains.PageAddress;
import dev.banyan.platform.Changes;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.WebAddresses;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.http.Countries;
import dev.banyan.platform.secrets.TypedSecrets;
import dev.banyan.platform.web.FileAnswers;
import dev.banyan.platform.web.answer.EarlyAnswer;
import dev.banyan.platform.web.gate.Usage;
import dev.banyan.platform.web.json.FormFields;
import dev.banyan.platform.web.page.Choice;
import dev.banyan.platform.web.page.Confirmation;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.NavItem;
import dev.banyan.platform.web.page.PageFrame;
import dev.banyan.platform.web.page.QrFile;
import dev.banyan.platform.web.page.QrForm;
import dev.banyan.platform.web.page.QrLook;
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
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.WithFormRead;

/// The pages of short links: the list, the form, and QR codes.
@Path("/admin/short-links")
@RunOnVirtualThread
class ShortLinksPageResource {

    private static final String LIST = "/admin/short-links";
    private static final int ROWS = 50;

    private final ShortLinks links;
    private final ChatNumbers chats;
    private final Settings settings;
    private final Domains domains;
    private final Countries countries;
    private final Clock clock;
    private final Uuids uuids;
    private final TypedSecrets secrets;

    ShortLinksPageResource(
            ShortLinks links,
            ChatNumbers chats,
            Settings settings,
            Domains domains,
            Countries countries,
            Clock clock,
            Uuids uuids,
            TypedSecrets secrets) {
        this.links = links;
        this.chats = chats;
        this.settings = settings;
        this.domains = domains;
        this.countries = countries;
        this.clock = clock;
        this.uuids = uuids;
        this.secrets = secrets;
    }

    @GET
    public Response list(
            @Context AccountPage page,
            @QueryParam("q") @DefaultValue("") String search,
            @QueryParam("tag") @DefaultValue("") String tag,
            @QueryParam("state") @DefaultValue("") String state,
            @QueryParam("sort") @DefaultValue("") String sort,
            @QueryParam("after") @DefaultValue("") String after) {
        var query = new ShortLinkQuery(
                search.strip(), tag.strip(), State.of(state), Order.of(sort), Cursor.parse(after), ROWS);
        Listed listed = links.list(page.context(), query);
        return Html.ok(new ShortLinksPage(
                page.frame(NavItem.SHORT_LINKS, "Short links"),
                new Usage(listed.use().used(), listed.use().limit()),
                listed.use().limit().isZero(),
                listed.total() > 0,
                listed.tier().label(),
                settings.publicHost(),
                ShortLinkRows.of(listed, () -> chats.pools(page.context().root().id()), clock.instant()),
                filter(page.context(), query, listed.tags()),
                query.after().isEmpty(),
                listed.more()
                        ? Optional.of(href(page.context(), query, query.state(), query.order()) + "&after="
                                + Cursor.of(listed.links().getLast()))
                        : Optional.empty()));
    }

    private static ShortLinksPage.Filter filter(AccountContext context, ShortLinkQuery query, List<String> tags) {
        return new ShortLinksPage.Filter(
                query.search(),
                query.tag(),
                query.state().key(),
                query.order().key(),
                query.order().label,
                Arrays.stream(State.values())
                        .map(state -> new ShortLinksPage.SortLink(
                                state.label, href(context, query, state, query.order()), state == query.state()))
                        .toList(),
                Arrays.stream(Order.values())
                        .map(order -> new ShortLinksPage.SortLink(
                                order.label, href(context, query, query.state(), order), order == query.order()))
                        .toList(),
                tags,
                href(context, query, query.state(), query.order()));
    }

    private static String href(AccountContext context, ShortLinkQuery query, State state, Order order) {
        return "/admin/short-links?as=" + context.acting().username()
                + WebAddresses.parameter("q", query.search())
                + WebAddresses.parameter("tag", query.tag())
                + WebAddresses.parameter("state", state.key())
                + WebAddresses.parameter("sort", order.key());
    }

    @GET
    @Path("new")
    public Response form(@Context AccountPage page) {
        return Html.ok(page(
                page,
                Optional.empty(),
                ShortLinkForm.EMPTY,
                FieldErrors.NONE,
                Optional.empty(),
                uuids.next().toString()));
    }

    @POST
    public Response create(@Context AccountPage page, @BeanParam FormFields fields) {
        ShortLinkForm form = typed(page, fields);
        String key = fields.first("idempotencyKey");
        return page.once(key, form, () -> create(page, form, key));
    }

    private ShortLinkForm typed(AccountPage page, FormFields fields) {
        String password = secrets.typed(fields.first("password"), fields.first(TypedSecrets.FIELD), owner(page));
        return ShortLinkForm.read(name -> name.equals("password") ? List.of(password) : fields.all(name));
    }

    private static String owner(AccountPage page) {
        return TypedSecrets.owner(
                page.context().identity(), page.context().acting().id());
    }

    private Response create(AccountPage page, ShortLinkForm form, String key) {
        Optional<String> slug = Optional.of(form.slug()).filter(text -> !text.isEmpty());
        Applied applied = links.apply(page.context(), List.of(new Step.Add(slug, form.patch())));
        return applied instanceof Applied.Done(List<ShortLink> created, var _)
                ? page.done(LIST + "/" + created.getFirst().id(), "short-link-created")
                : again(page, Optional.empty(), form, applied, key);
    }

    private Response again(
            AccountPage page, Optional<ShortLink> known, ShortLinkForm form, Applied applied, String key) {
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
        String password = secrets.seal(form.password(), "", owner(page));
        return Html.invalid(page(page, known, form.withRows(password), errors, problem, key));
    }

    @GET
    @Path("{shortLinkId}")
    public Response show(@Context AccountPage page, @PathParam("shortLinkId") String id) {
        ShortLink link = find(page, id);
        return Html.ok(page(page, Optional.of(link), ShortLinkForm.of(link), FieldErrors.NONE, Optional.empty(), ""));
    }

    @POST
    @Path("{shortLinkId}")
    public Response save(@Context AccountPage page, @PathParam("shortLinkId") String id, @BeanParam FormFields fields) {
        ShortLinkForm form = typed(page, fields);
        ShortLink link = find(page, id);
        Applied applied = links.apply(page.context(), List.of(new Step.Update(link.slug(), form.patch())));
        return switch (applied) {
            case Applied.Done _ -> page.done(LIST + "/" + link.id(), "short-link-saved");
            case Applied.UnknownSlug _ -> throw unknown(page);
            case Applied.SlugTaken _, Applied.TooManySteps _, Applied.LimitReached _, Applied.Rejected _ ->
                again(page, Optional.of(link), form, applied, "");
        };
    }

    @POST
    @Path("{shortLinkId}/switch")
    public Response turn(
            @Context AccountPage page,
            @PathParam("shortLinkId") String id,
            @FormParam("on") @DefaultValue("") String on) {
        boolean active = on.equals("true");
        ShortLink link = find(page, id);
        Changes<ShortLink> turned = Changes.<ShortLink>none().with(ShortLinkChange.ACTIVE, active);
        links.apply(page.context(), List.of(new Step.Update(link.slug(), turned)));
        return page.done(LIST, active ? "short-link-on" : "short-link-off");
    }

    @GET
    @Path("{shortLinkId}/delete")
    public Response confirmDelete(@Context AccountPage page, @PathParam("shortLinkId") String id) {
        ShortLink link = find(page, id);
        PageFrame shell = page.frame(NavItem.SHORT_LINKS, "Delete short link");
        return Html.ok(Confirmation.asking(
                        "delete", "Delete “<bdi>{}</bdi>”?", address(page, link).shown())
                .sentence("This happens now and can’t be undone:")
                .fact("The address stops working, and others may use it")
                .fact("Its record of {} is deleted", Words.count(link.clicks(), "click", "clicks"))
                .action("Delete short link", "/admin/short-links/" + link.id() + "/delete")
                .keep("Cancel", "/admin/short-links" + shell.query())
                .under("Short links", "/admin/short-links")
                .on(page.call(), shell, "Delete"));
    }

    @POST
    @Path("{shortLinkId}/delete")
    @WithFormRead
    public Response delete(@Context AccountPage page, @PathParam("shortLinkId") String id) {
        ShortLink link = find(page, id);
        links.apply(page.context(), List.of(new Step.Remove(link.slug())));
        return page.done(LIST, "short-link-deleted");
    }

    @GET
    @Path("{shortLinkId}/qr.svg")
    public Response svg(@Context AccountPage page, @PathParam("shortLinkId") String id) {
        ShortLink link = find(page, id);
        byte[] svg = QrFile.svg(scanned(page, link), look(page)).getBytes(StandardCharsets.UTF_8);
        return FileAnswers.download(link.slug() + ".svg", "image/svg+xml", svg).build();
    }

    @GET
    @Path("{shortLinkId}/qr.png")
    public Response png(@Context AccountPage page, @PathParam("shortLinkId") String id) {
        ShortLink link = find(page, id);
        byte[] png = QrFile.png(scanned(page, link), look(page));
        return FileAnswers.download(link.slug() + ".png", "image/png", png).build();
    }

    /// Returns what its code says: scans are told from clicks.
    private String scanned(AccountPage page, ShortLink link) {
        return address(page, link).url() + QrPicture.SCANNED;
    }

    private static QrLook look(AccountPage page) {
        QrForm qr = qr(page);
        FieldErrors errors = qr.errors();
        if (errors.any()) {
            throw page.refused(422, "QR code not created", errors.of(errors.first()));
        }
        return qr.look(_ -> Optional.empty());
    }

    private static QrForm qr(AccountPage page) {
        return QrForm.of(page::query, Optional.empty());
    }

    private ShortLink find(AccountPage page, String id) {
        return ShortLinkId.parse(id)
                .flatMap(found -> links.find(page.context(), found))
                .orElseThrow(() -> unknown(page));
    }

    private static EarlyAnswer unknown(AccountPage page) {
        return page.refused(
                404, "Short link not found", "It may have been deleted, or you may not have access to its account.");
    }

    private ShortLinkPage page(
            AccountPage page,
            Optional<ShortLink> known,
            ShortLinkForm form,
            FieldErrors errors,
            Optional<FormProblem> problem,
            String key) {
        return new ShortLinkPage(
                page.frame(
                        NavItem.SHORT_LINKS,
                        known.map(link -> link.title().isBlank() ? "/l/" + link.slug() : link.title())
                                .orElse("Create short link")),
                known.map(link -> new ShortLinkPage.Known(
                        link.id().toString(),
                        address(page, link),
                        link.hasPassword(),
                        Words.count(link.clicks(), "click", "clicks"),
                        link.lastClickedAt().map(Words::moment).orElse(""),
                        QrPicture.of(scanned(page, link)),
                        qr(page),
                        qr(page).errors())),
                form,
                errors,
                problem,
                key,
                countries.areKnown(),
                chats.pools(page.context().root().id()).stream()
                        .map(pool -> new Choice(pool.id(), pool.name()))
                        .toList(),
                Arrays.stream(DeviceClass.values())
                        .map(device -> new Choice(device.key(), device.label))
                        .toList(),
                TimeZones.with(form.zone()),
                ShortLinkErrors.rules(form, errors),
                ShortLinkErrors.variants(form, errors),
                ShortLinkFolds.of(
                        form, errors, known.filter(ShortLink::hasPassword).isPresent()),
                ShortLinkErrors.summary(errors));
    }

    private PageAddress address(AccountPage page, ShortLink link) {
        return new PageAddress(domains.hostsOf(page.context().owner()).origin(), "/l/" + link.slug());
    }
}
