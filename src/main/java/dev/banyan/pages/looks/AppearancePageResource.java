package dev.banyan.pages.looks;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.context.AccountPage;
import dev.banyan.pages.Page;
import dev.banyan.pages.PageAnswers;
import dev.banyan.pages.PageId;
import dev.banyan.pages.SocialIcon;
import dev.banyan.pages.looks.AppearancePage.IconRow;
import dev.banyan.pages.looks.AppearancePage.NewIcon;
import dev.banyan.pages.looks.Appearances.Changed;
import dev.banyan.pages.looks.Appearances.OnPage;
import dev.banyan.platform.Keyed;
import dev.banyan.platform.WebAddresses;
import dev.banyan.platform.web.json.FormFields;
import dev.banyan.platform.web.page.Choice;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.NavItem;
import dev.banyan.themes.AppearanceTiers;
import dev.banyan.themes.Contrast;
import dev.banyan.themes.Theme;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/// The appearance of a page: themes, header, wallpaper, buttons, text, pictures and social icons.
@Path("/admin/pages")
@RunOnVirtualThread
public class AppearancePageResource {

    private static final List<Choice> PLATFORMS = List.of(
            new Choice("instagram", "Instagram"),
            new Choice("tiktok", "TikTok"),
            new Choice("youtube", "YouTube"),
            new Choice("twitter", "Twitter / X"),
            new Choice("facebook", "Facebook"),
            new Choice("linkedin", "LinkedIn"),
            new Choice("email", "Email"),
            new Choice("whatsapp", "WhatsApp"),
            new Choice("spotify", "Spotify"),
            new Choice("discord", "Discord"),
            new Choice("website", "Website"));

    /// The messages above the fields, and the typed values if something was refused.
    private record ViewState(
            FieldErrors errors,
            Optional<JsonNode> typed,
            NewIcon newIcon,
            Optional<FormProblem> problem,
            boolean upgrade) {

        static final ViewState SAVED = new ViewState(
                FieldErrors.NONE, Optional.empty(), new NewIcon("instagram", ""), Optional.empty(), false);

        static ViewState refused(FieldErrors errors, Optional<JsonNode> typed, NewIcon newIcon) {
            return new ViewState(errors, typed, newIcon, Optional.empty(), false);
        }

        static ViewState problem(Optional<JsonNode> typed, FormProblem problem, boolean upgrade) {
            return new ViewState(FieldErrors.NONE, typed, new NewIcon("instagram", ""), Optional.of(problem), upgrade);
        }
    }

    private final Appearances appearances;

    AppearancePageResource(Appearances appearances) {
        this.appearances = appearances;
    }

    @GET
    @Path("{pageId}/appearance")
    public Response show(@Context AccountPage request, @PathParam("pageId") String pageId) {
        return find(request.context(), pageId)
                .map(found -> Html.ok(page(request, found, ViewState.SAVED)))
                .orElseThrow(() -> PageAnswers.unknownPage(request));
    }

    @POST
    @Path("{pageId}/appearance")
    public Response save(@Context AccountPage request, @PathParam("pageId") String pageId, @BeanParam FormFields form) {
        OnPage found = find(request.context(), pageId).orElseThrow(() -> PageAnswers.unknownPage(request));
        ObjectNode document = AppearanceForm.document(form, found.look(), AppearanceParts.tone(request.context()));
        var pictures = AppearanceForm.pictures(form);
        Changed changed = appearances.change(
                request.context(),
                PageId.parse(pageId),
                new Appearances.AppearanceRequest(document, List.of(), pictures));
        boolean isStill = changed instanceof Changed.Done done && !done.still().isEmpty();
        return answer(
                request,
                pageId,
                new Tried(
                        changed,
                        Optional.of(document),
                        ViewState.SAVED.newIcon(),
                        isStill ? "look-saved-still" : "look-saved"));
    }

    /// Shows the effect of the form without saving it.
    @POST
    @Path("{pageId}/appearance/tried")
    public Response tryOut(
            @Context AccountPage request, @PathParam("pageId") String pageId, @BeanParam FormFields form) {
        return find(request.context(), pageId)
                .flatMap(found -> {
                    ObjectNode document =
                            AppearanceForm.document(form, found.look(), AppearanceParts.tone(request.context()));
                    return appearances
                            .tryOut(request.context(), found.page().id(), document)
                            .map(drawn ->
                                    Html.ok(tried(request.context(), form, drawn, AppearanceDraft.written(document))));
                })
                .orElseThrow(() -> PageAnswers.unknownPage(request));
    }

    private static AppearanceTryPage tried(
            AccountContext context, FormFields form, Appearances.Drawn drawn, Optional<String> draft) {
        OnPage shown = drawn.shown();
        boolean drawable = drawn.invalid().isEmpty() && draft.isPresent();
        String preview = drawable ? previewPath(context, shown.page()) + "&look=" + draft.get() : "";
        List<String> problems = new ArrayList<>();
        drawn.invalid().forEach(one -> problems.add(one.apiMessage() + "."));
        drawn.needs().forEach(need -> problems.add(need.sentence() + "."));
        Theme theme = AppearanceForm.theme(form, "theme").orElse(shown.look().worn());
        boolean another = AppearanceForm.theme(form, "filledFor")
                .filter(before -> before != theme)
                .isPresent();
        return new AppearanceTryPage(
                shown.page().name(),
                preview,
                List.copyOf(problems),
                drawable ? AppearanceParts.warnings(context, shown) : List.of(),
                drawable && Contrast.isUnknown(shown.look()),
                FieldErrors.NONE,
                theme.key(),
                drawable && another
                        ? AppearanceParts.sections(shown.look(), theme, AppearanceParts.tone(context), Optional.empty())
                        : List.of());
    }

    private static String previewPath(AccountContext context, Page page) {
        return "/admin/pages/" + page.id() + "/preview?as=" + context.acting().username();
    }

    @POST
    @Path("{pageId}/appearance/icons")
    public Response icon(
            @Context AccountPage request,
            @PathParam("pageId") String pageId,
            @FormParam("iconId") @DefaultValue("") String iconId,
            @FormParam("platform") @DefaultValue("") String platform,
            @FormParam("url") @DefaultValue("") String url,
            @FormParam("active") @DefaultValue("") String active,
            @FormParam("act") @DefaultValue("") String act) {
        Optional<OnPage> found = find(request.context(), pageId);
        List<IconStep> steps = found.map(page -> steps(page, iconId, platform, url, active, act))
                .orElse(List.of());
        Changed changed = appearances.change(
                request.context(),
                PageId.parse(pageId),
                new Appearances.AppearanceRequest(JsonNodeFactory.instance.objectNode(), steps));
        NewIcon typed = iconId.isEmpty() ? new NewIcon(platform, url) : ViewState.SAVED.newIcon();
        return answer(request, pageId, new Tried(changed, Optional.empty(), typed, "icons-saved"));
    }

    private static List<IconStep> steps(
            OnPage page, String id, String platform, String url, String active, String act) {
        String address = withScheme(platform, url);
        return switch (act) {
            case "remove" -> List.of(new IconStep.Remove(id));
            case "up" -> moved(page, id, -1);
            case "down" -> moved(page, id, 1);
            case "add" -> List.of(new IconStep.Add(platform, address, Optional.empty(), true));
            default ->
                List.of(new IconStep.Update(
                        id,
                        Optional.of(platform),
                        Optional.of(address),
                        Optional.empty(),
                        Optional.of(active.equals("true"))));
        };
    }

    /// Adds a scheme, because people type `example.com` and `us@example.com`.
    private static String withScheme(String platform, String url) {
        String typed = url.strip();
        return platform.equals("email") && typed.matches("[^\\s:/@]+@[^\\s:/@]+")
                ? "mailto:" + typed
                : WebAddresses.withScheme(typed);
    }

    /// Renumbers all places, so that neighbours never share one, and swaps two of them.
    private static List<IconStep> moved(OnPage page, String id, int by) {
        List<String> order =
                new ArrayList<>(page.icons().stream().map(SocialIcon::id).toList());
        int place = order.indexOf(id);
        int other = place + by;
        if (place >= 0 && other >= 0 && other < order.size()) {
            java.util.Collections.swap(order, place, other);
        }
        return IntStream.range(0, order.size())
                .<IconStep>mapToObj(i -> new IconStep.Update(
                        order.get(i), Optional.empty(), Optional.empty(), Optional.of(i), Optional.empty()))
                .toList();
    }

    /// The result of a change with the typed values.
    ///
    /// @param done the message code for the next page
    private record Tried(Changed changed, Optional<JsonNode> typed, NewIcon icon, String done) {}

    private Response answer(AccountPage request, String pageId, Tried tried) {
        return switch (tried.changed()) {
            case Changed.Done done ->
                Html.seeOther(request.call(), path(request.context(), done.now().page()) + "&done=" + tried.done());
            case Changed.PageNotFound _, Changed.UnknownIcon _ -> throw PageAnswers.unknownPage(request);
            case Changed.NotInTier refused ->
                again(
                        request,
                        pageId,
                        ViewState.problem(
                                tried.typed(),
                                new FormProblem(
                                        refused.need().sentence() + ".",
                                        "Your changes weren’t saved. This account is on the "
                                                + refused.tier().label() + " plan."),
                                true));
            case Changed.PageOverLimit _ ->
                again(request, pageId, ViewState.problem(Optional.empty(), PageAnswers.OVER_LIMIT, true));
            case Changed.Rejected rejected ->
                again(
                        request,
                        pageId,
                        ViewState.refused(FieldErrors.from(rejected.invalid()), tried.typed(), tried.icon()));
        };
    }

    private Response again(AccountPage request, String pageId, ViewState shown) {
        return find(request.context(), pageId)
                .map(found -> Html.invalid(page(request, found, shown)))
                .orElseThrow(() -> PageAnswers.unknownPage(request));
    }

    private Optional<OnPage> find(AccountContext context, String pageId) {
        return PageId.parse(pageId).flatMap(id -> appearances.find(context, Optional.of(id)));
    }

    static String path(AccountContext context, Page page) {
        return "/admin/pages/" + page.id() + "/appearance?as="
                + context.acting().username();
    }

    private AppearancePage page(AccountPage request, OnPage found, ViewState shown) {
        Theme theme = shown.typed()
                .flatMap(typed -> Keyed.parse(Theme.class, typed.path("theme").asText()))
                .orElse(found.look().worn());
        List<SocialIcon> icons = found.icons();
        return new AppearancePage(
                request.frame(NavItem.PAGES, found.page().name() + " – Appearance"),
                found.page().id().toString(),
                found.page().name(),
                previewPath(request.context(), found.page()),
                found.tier().label(),
                AppearanceFields.themes(theme.key(), found.tier()),
                theme.key(),
                AppearanceParts.sections(found.look(), theme, AppearanceParts.tone(request.context()), shown.typed()),
                AppearanceParts.pictures(found),
                IntStream.range(0, icons.size())
                        .mapToObj(i -> new IconRow(
                                icons.get(i).id(),
                                icons.get(i).platform(),
                                isOffered(icons.get(i).platform()),
                                icons.get(i).url(),
                                icons.get(i).active(),
                                i == 0,
                                i == icons.size() - 1))
                        .toList(),
                shown.newIcon(),
                PLATFORMS,
                errors(shown.errors()),
                AppearanceParts.warnings(request.context(), found),
                Contrast.isUnknown(found.look()),
                shown.problem(),
                shown.upgrade(),
                AppearanceTiers.beyond(found.look(), found.tier()).stream()
                        .map(AppearanceTiers.Need::sentence)
                        .toList());
    }

    private static boolean isOffered(String platform) {
        return PLATFORMS.stream().anyMatch(choice -> choice.value().equals(platform));
    }

    /// Returns the errors with all errors of icons placed under the icons.
    private static FieldErrors errors(FieldErrors errors) {
        var messages = new LinkedHashMap<String, String>();
        errors.messages()
                .forEach(
                        (field, text) -> messages.putIfAbsent(field.startsWith("socialIcons") ? "icons" : field, text));
        return new FieldErrors(messages);
    }
}
